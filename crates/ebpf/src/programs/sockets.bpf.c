// SPDX-License-Identifier: Apache-2.0
// Services at the socket: connect() and sendmsg() to a Service go straight to a backend, getpeername() and recvmsg()
// show the Service's address again. Nothing is done per packet. IPv4, and IPv4 in IPv6 sockets (::ffff:a.b.c.d).

#include "services.h"

#define ECONNREFUSED 111
#define ALLOW 1
#define DENY 0

struct peer_key {
	__u64 socket; // cookie
	struct endpoint backend;
};

struct datagram_key {
	__u64 socket; // cookie
	struct endpoint service;
};

// What a socket believes its peer to be.
MAP(peers, BPF_MAP_TYPE_LRU_HASH, struct peer_key, struct endpoint, 16384, 0);

// Datagrams of one unconnected socket to one Service stay with one backend while it lives.
MAP(datagrams, BPF_MAP_TYPE_LRU_HASH, struct datagram_key, struct endpoint, 8192, 0);

// Network namespaces of this node's pods, by cookie. Programs see every socket of the machine; those of other clusters, and
// of namespaces that are nobody's pod, are left alone.
MAP(clients, BPF_MAP_TYPE_HASH, __u64, __u32, 4096, BPF_F_NO_PREALLOC);

struct target {
	struct endpoint asked;
	struct endpoint backend;
	__u8 protocol;
	__u8 datagram; // sendmsg of an unconnected socket
};

inline_always enum verdict resolve(struct bpf_sock_addr *ctx, struct target *target)
{
	struct datagram_key datagram = {};
	struct endpoint *known = 0;
	__u32 zero = 0;
	struct config *cluster = map_lookup(&config, &zero);
	if (!cluster)
		return NOT_A_SERVICE;
	__u64 netns = netns_cookie(ctx);
	if (netns != cluster->host_netns && !map_lookup(&clients, &netns))
		return NOT_A_SERVICE;
	// Loopback is an address of the node only in the node's own network namespace.
	int of_node = (target->asked.address & be32(0xff000000)) == be32(0x7f000000) && netns == cluster->host_netns;
	if (target->datagram) {
		datagram.socket = socket_cookie(ctx);
		datagram.service = target->asked;
		known = map_lookup(&datagrams, &datagram);
	}
	for (int attempt = 0; attempt < 3; attempt++) {
		struct frontend frontend = {
			.address = target->asked.address, .port = target->asked.port, .protocol = target->protocol, .scope = SCOPE_SERVICE,
		};
		struct service *found = find_service(&frontend, of_node);
		if (!found)
			break;
		struct service service = *found;
		if (known && is_member(service.id, known)) {
			target->backend = *known;
			return CHOSEN;
		}
		enum verdict verdict = choose(&frontend, &service, 0, netns, &target->backend);
		if (verdict == CHANGED)
			continue;
		if (verdict == CHOSEN && target->datagram)
			map_update(&datagrams, &datagram, &target->backend, BPF_ANY);
		return verdict;
	}
	// The service range never leaves the machine: what is not a Service is refused.
	if (cluster->service_mask && (target->asked.address & cluster->service_mask) == cluster->service_network)
		return NO_BACKEND;
	return NOT_A_SERVICE;
}

inline_always enum verdict translate(struct bpf_sock_addr *ctx, struct target *target)
{
	if (target->protocol != TCP && target->protocol != UDP)
		return NOT_A_SERVICE;
	enum verdict verdict = resolve(ctx, target);
	if (verdict == CHOSEN) {
		struct peer_key key = { .socket = socket_cookie(ctx), .backend = target->backend };
		map_update(&peers, &key, &target->asked, BPF_ANY);
	}
	if (verdict == NO_BACKEND)
		set_retval(-ECONNREFUSED);
	return verdict;
}

inline_always int is_mapped(struct bpf_sock_addr *ctx)
{
	return ctx->user_ip6[0] == 0 && ctx->user_ip6[1] == 0 && ctx->user_ip6[2] == be32(0xffff);
}

inline_always int forward4(struct bpf_sock_addr *ctx, int datagram)
{
	struct target target = {
		.asked = { .address = ctx->user_ip4, .port = (__be16)ctx->user_port }, .protocol = ctx->protocol, .datagram = datagram,
	};
	enum verdict verdict = translate(ctx, &target);
	if (verdict == CHOSEN) {
		ctx->user_ip4 = target.backend.address;
		ctx->user_port = target.backend.port;
	}
	return verdict == NO_BACKEND ? DENY : ALLOW;
}

inline_always int forward6(struct bpf_sock_addr *ctx, int datagram)
{
	if (!is_mapped(ctx))
		return ALLOW;
	struct target target = {
		.asked = { .address = ctx->user_ip6[3], .port = (__be16)ctx->user_port }, .protocol = ctx->protocol, .datagram = datagram,
	};
	enum verdict verdict = translate(ctx, &target);
	if (verdict == CHOSEN) {
		ctx->user_ip6[3] = target.backend.address;
		ctx->user_port = target.backend.port;
	}
	return verdict == NO_BACKEND ? DENY : ALLOW;
}

inline_always struct endpoint *believed(struct bpf_sock_addr *ctx, __be32 address)
{
	struct peer_key key = { .socket = socket_cookie(ctx), .backend = { .address = address, .port = (__be16)ctx->user_port } };
	return map_lookup(&peers, &key);
}

inline_always int backward4(struct bpf_sock_addr *ctx)
{
	struct endpoint *service = believed(ctx, ctx->user_ip4);
	if (service) {
		ctx->user_ip4 = service->address;
		ctx->user_port = service->port;
	}
	return ALLOW;
}

inline_always int backward6(struct bpf_sock_addr *ctx)
{
	if (!is_mapped(ctx))
		return ALLOW;
	struct endpoint *service = believed(ctx, ctx->user_ip6[3]);
	if (service) {
		ctx->user_ip6[3] = service->address;
		ctx->user_port = service->port;
	}
	return ALLOW;
}

SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) { return forward4(ctx, 0); }
SEC("cgroup/connect6") int connect6(struct bpf_sock_addr *ctx) { return forward6(ctx, 0); }
SEC("cgroup/sendmsg4") int sendmsg4(struct bpf_sock_addr *ctx) { return forward4(ctx, 1); }
SEC("cgroup/sendmsg6") int sendmsg6(struct bpf_sock_addr *ctx) { return forward6(ctx, 1); }
SEC("cgroup/recvmsg4") int recvmsg4(struct bpf_sock_addr *ctx) { return backward4(ctx); }
SEC("cgroup/recvmsg6") int recvmsg6(struct bpf_sock_addr *ctx) { return backward6(ctx); }
SEC("cgroup/getpeername4") int getpeername4(struct bpf_sock_addr *ctx) { return backward4(ctx); }
SEC("cgroup/getpeername6") int getpeername6(struct bpf_sock_addr *ctx) { return backward6(ctx); }
