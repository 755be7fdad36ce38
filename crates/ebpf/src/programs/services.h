// SPDX-License-Identifier: Apache-2.0
// The service maps and the choice of a backend, shared by the socket programs and the packet programs.
// Layouts are mirrored byte for byte in table/wire.rs; a change of any of them needs a new LAYOUT there.
#pragma once

#include "kernel.h"

// Who wrote a frontend: Services, or host ports of pods. Each has its own keys, so neither writer can undo the other.
#define SCOPE_SERVICE 0
#define SCOPE_HOST_PORT 1

// The frontend also takes packets that come from other machines.
#define SERVICE_EXTERNAL 1
// Without a backend the packet from outside is dropped, not answered (externalTrafficPolicy: Local).
#define SERVICE_EXTERNAL_LOCAL 2
// The members map lists this service's backends.
#define SERVICE_MEMBERS 4

struct frontend {
	__be32 address; // 0: any address of the node
	__be16 port;
	__u8 protocol;
	__u8 scope;
};

struct service {
	__u32 id; // of one set of backends; a changed set has a new id
	__u32 affinity_s; // 0: no session affinity
	__u16 count; // backends for clients in the cluster: slots [0, count)
	__u16 external_first; // backends for clients outside: slots [external_first, external_first + external_count)
	__u16 external_count;
	__u16 flags;
};

struct slot {
	__u32 id;
	__u32 index;
};

struct endpoint {
	__be32 address;
	__be16 port;
	__u16 zero;
};

struct member {
	__u32 id;
	struct endpoint endpoint;
};

struct affinity_key {
	struct frontend frontend;
	__u64 client; // network namespace cookie of a socket, or IPv4 address of a packet
};

struct affinity {
	struct endpoint endpoint;
	__u64 seen_ns;
};

struct config {
	__u64 host_netns; // cookie
	__be32 service_network;
	__be32 service_mask;
};

MAP(services, BPF_MAP_TYPE_HASH, struct frontend, struct service, 65536, BPF_F_NO_PREALLOC);

MAP(backends, BPF_MAP_TYPE_HASH, struct slot, struct endpoint, 262144, BPF_F_NO_PREALLOC);

MAP(members, BPF_MAP_TYPE_HASH, struct member, __u32, 131072, BPF_F_NO_PREALLOC);

MAP(affinities, BPF_MAP_TYPE_LRU_HASH, struct affinity_key, struct affinity, 16384, 0);

MAP(node_addresses, BPF_MAP_TYPE_HASH, __be32, __u32, 256, BPF_F_NO_PREALLOC);

MAP(config, BPF_MAP_TYPE_ARRAY, __u32, struct config, 1, 0);

enum verdict {
	NOT_A_SERVICE,
	CHOSEN,
	NO_BACKEND,
	CHANGED, // the set of backends was replaced while it was read
};

inline_always int is_member(__u32 id, const struct endpoint *endpoint)
{
	struct member key = { .id = id, .endpoint = *endpoint };
	return map_lookup(&members, &key) != 0;
}

inline_always enum verdict choose(const struct frontend *frontend, const struct service *service, int external, __u64 client,
				  struct endpoint *chosen)
{
	__u32 first = external ? service->external_first : 0;
	__u32 count = external ? service->external_count : service->count;
	struct affinity_key affinity_key = { .frontend = *frontend, .client = client };
	__u64 now = 0;
	if (count == 0)
		return NO_BACKEND;
	if (service->affinity_s) {
		now = monotonic_ns();
		struct affinity *known = map_lookup(&affinities, &affinity_key);
		if (known && now - known->seen_ns < (__u64)service->affinity_s * 1000000000ULL &&
		    is_member(service->id, &known->endpoint)) {
			known->seen_ns = now;
			*chosen = known->endpoint;
			return CHOSEN;
		}
	}
	struct slot slot = { .id = service->id, .index = first + random_u32() % count };
	struct endpoint *endpoint = map_lookup(&backends, &slot);
	if (!endpoint)
		return CHANGED;
	*chosen = *endpoint;
	if (service->affinity_s) {
		struct affinity affinity = { .endpoint = *endpoint, .seen_ns = now };
		map_update(&affinities, &affinity_key, &affinity, BPF_ANY);
	}
	return CHOSEN;
}

// Finds the service of an address and port; leaves the key it was found under in `frontend`.
inline_always struct service *find_service(struct frontend *frontend, int of_node)
{
	__be32 address = frontend->address;
	struct service *service = map_lookup(&services, frontend);
	if (service)
		return service;
	if (!of_node && !map_lookup(&node_addresses, &address))
		return 0;
	frontend->address = 0;
	service = map_lookup(&services, frontend);
	if (service)
		return service;
	frontend->scope = SCOPE_HOST_PORT;
	service = map_lookup(&services, frontend);
	if (service)
		return service;
	frontend->address = address;
	return map_lookup(&services, frontend);
}
