"""An extension API server: one kind, two objects, and the user that the API server speaks for."""

import http.server
import json
import ssl

VERSION = "example.test/v1"
ROOT = "/apis/" + VERSION


def widget(namespace, name, user):
    return {
        "apiVersion": VERSION,
        "kind": "Widget",
        "metadata": {"namespace": namespace, "name": name, "creationTimestamp": "2026-01-01T00:00:00Z"},
        "spec": {"asked": user},
    }


def documents(path, user):
    if path == ROOT:
        resource = {
            "name": "widgets",
            "singularName": "widget",
            "namespaced": True,
            "kind": "Widget",
            "shortNames": ["wd"],
            "verbs": ["get", "list"],
        }
        return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": VERSION, "resources": [resource]}
    if path == "/openapi/v2":
        kind = {"group": "example.test", "version": "v1", "kind": "Widget"}
        schema = {
            "type": "object",
            "description": "A thing that another server has.",
            "x-kubernetes-group-version-kind": [kind],
        }
        answer = {"200": {"description": "OK", "schema": {"$ref": "#/definitions/test.example.v1.Widget"}}}
        return {
            "swagger": "2.0",
            "info": {"title": "widgets", "version": "v1"},
            "paths": {ROOT + "/namespaces/{namespace}/widgets/{name}": {"get": {"responses": answer}}},
            "definitions": {"test.example.v1.Widget": schema},
        }
    parts = path.removeprefix(ROOT + "/namespaces/").split("/")
    if not path.startswith(ROOT + "/namespaces/") or parts[1:2] != ["widgets"]:
        return None
    items = [widget(parts[0], name, user) for name in ("one", "two")]
    if len(parts) == 2:
        return {"apiVersion": VERSION, "kind": "WidgetList", "metadata": {"resourceVersion": "1"}, "items": items}
    found = [item for item in items if item["metadata"]["name"] == parts[2]]
    return found[0] if found else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        document = documents(self.path.split("?")[0], self.headers.get("X-Remote-User"))
        missing = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
        missing["message"] = "there is no such widget"
        body = json.dumps(document or missing).encode()
        self.send_response(200 if document else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("0.0.0.0", 8443), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/certificate/tls.crt", "/certificate/tls.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
