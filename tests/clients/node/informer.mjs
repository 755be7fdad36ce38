// The JavaScript client: an informer sees what is added, changed and deleted, also across a broken connection.

import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { ADD, CONNECT, CoreV1Api, DELETE, KubeConfig, UPDATE, makeInformer } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const core = config.makeApiClient(CoreV1Api);
const namespace = 'default';
const labelSelector = 'app=informer';

const informer = makeInformer(
  config,
  `/api/v1/namespaces/${namespace}/configmaps`,
  () => core.listNamespacedConfigMap({ namespace, labelSelector }),
  labelSelector,
);
const seen = new EventEmitter();
// What `stop` itself breaks off is no error.
informer.on('error', (error) => error.type === 'aborted' || seen.emit('error', error));
for (const verb of [ADD, UPDATE, DELETE]) {
  informer.on(verb, (object) => seen.emit(`${verb} ${object.metadata.name}`, object));
}
informer.on(CONNECT, () => seen.emit('connected'));

const expect = (what) => once(seen, what, { signal: AbortSignal.timeout(20_000) });
const make = (name) =>
  core.createNamespacedConfigMap({ namespace, body: { metadata: { name, labels: { app: 'informer' } }, data: { v: '1' } } });

await make('before');
let [before, connected] = [expect('add before'), expect('connected')];
await informer.start();
await Promise.all([before, connected]);

let added = expect('add after');
const made = await make('after');
await added;

let updated = expect('update after');
made.data.v = '2';
await core.replaceNamespacedConfigMap({ name: 'after', namespace, body: made });
assert.equal((await updated)[0].data.v, '2');

let deleted = expect('delete after');
await core.deleteNamespacedConfigMap({ name: 'after', namespace });
await deleted;
assert.equal(informer.get('after', namespace), undefined);
assert.deepEqual(informer.list(namespace).map((object) => object.metadata.name), ['before']);

// A stopped and started informer finds what has changed meanwhile.
await informer.stop();
await core.deleteNamespacedConfigMap({ name: 'before', namespace });
await make('meanwhile');
let again = expect('add meanwhile');
await informer.start();
await again;
assert.deepEqual(informer.list(namespace).map((object) => object.metadata.name), ['meanwhile']);

await assert.rejects(core.readNamespacedConfigMap({ name: 'none', namespace }), (error) => {
  assert.equal(error.code, 404);
  assert.match(error.body, /configmaps \\?"none\\?" not found/);
  return true;
});
await informer.stop();
console.log('informer: done');
process.exit(0);
