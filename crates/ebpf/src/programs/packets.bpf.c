// SPDX-License-Identifier: Apache-2.0
// Services for packets from other machines: on an outward interface, `ingress` turns the frontend's address into a
// backend's and `egress` turns it back. Two maps remember flows, so a flow keeps its backend when Services change.

#include "services.h"

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#define FRAGMENT 0x3fff // more fragments, or an offset

struct flow {
	__be32 client;
	__be32 address;
	__be16 client_port;
	__be16 port;
	__u8 protocol;
	__u8 zero[3];
};

// (client, frontend) → backend.
MAP(flows, BPF_MAP_TYPE_LRU_HASH, struct flow, struct endpoint, 16384, 0);

// (client, backend) → frontend.
MAP(replies, BPF_MAP_TYPE_LRU_HASH, struct flow, struct endpoint, 16384, 0);

struct packet {
	__be32 source;
	__be32 destination;
	__be16 source_port;
	__be16 destination_port;
	__u32 transport; // offset of the TCP or UDP header
	__u8 protocol;
	__u8 opening; // the first packet of a connection
};

inline_always int parse(struct __sk_buff *skb, struct packet *packet)
{
	if (skb->protocol != be16(ETH_P_IP))
		return 0;
	skb_pull(skb, ETH_HLEN + sizeof(struct iphdr) + sizeof(struct tcphdr));
	void *start = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;
	struct iphdr *ip = start + ETH_HLEN;
	if ((void *)(ip + 1) > end || ip->ihl < 5 || (ip->frag_off & be16(FRAGMENT)))
		return 0;
	packet->source = ip->saddr;
	packet->destination = ip->daddr;
	packet->protocol = ip->protocol;
	packet->transport = ETH_HLEN + ip->ihl * 4;
	if (ip->protocol == TCP) {
		struct tcphdr *tcp = start + packet->transport;
		if ((void *)(tcp + 1) > end)
			return 0;
		packet->source_port = tcp->source;
		packet->destination_port = tcp->dest;
		packet->opening = tcp->syn && !tcp->ack;
		return 1;
	}
	if (ip->protocol == UDP) {
		struct udphdr *udp = start + packet->transport;
		if ((void *)(udp + 1) > end)
			return 0;
		packet->source_port = udp->source;
		packet->destination_port = udp->dest;
		packet->opening = 1;
		return 1;
	}
	return 0;
}

struct rewrite {
	__be32 old_address;
	__be32 new_address;
	__be16 old_port;
	__be16 new_port;
	__u32 address_offset; // in the IP header
	__u32 port_offset; // in the transport header
};

inline_always void apply(struct __sk_buff *skb, const struct packet *packet, const struct rewrite *rewrite)
{
	__u64 udp = packet->protocol == UDP ? BPF_F_MARK_MANGLED_0 : 0;
	__u32 checksum = packet->transport +
			 (packet->protocol == UDP ? __builtin_offsetof(struct udphdr, check) : __builtin_offsetof(struct tcphdr, check));
	l4_checksum(skb, checksum, rewrite->old_address, rewrite->new_address, udp | BPF_F_PSEUDO_HDR | sizeof(__be32));
	l4_checksum(skb, checksum, rewrite->old_port, rewrite->new_port, udp | sizeof(__be16));
	l3_checksum(skb, ETH_HLEN + __builtin_offsetof(struct iphdr, check), rewrite->old_address, rewrite->new_address, sizeof(__be32));
	skb_store(skb, ETH_HLEN + rewrite->address_offset, &rewrite->new_address, sizeof(__be32), 0);
	skb_store(skb, packet->transport + rewrite->port_offset, &rewrite->new_port, sizeof(__be16), 0);
}

inline_always enum verdict pick(const struct packet *packet, const struct endpoint *known, struct endpoint *backend, __u16 *flags)
{
	for (int attempt = 0; attempt < 3; attempt++) {
		struct frontend frontend = {
			.address = packet->destination, .port = packet->destination_port, .protocol = packet->protocol, .scope = SCOPE_SERVICE,
		};
		struct service *found = find_service(&frontend, 0);
		if (!found || !(found->flags & SERVICE_EXTERNAL))
			return NOT_A_SERVICE;
		struct service service = *found;
		*flags = service.flags;
		// The same client port again, or a repeated SYN: stay, while the backend does.
		if (known && is_member(service.id, known)) {
			*backend = *known;
			return CHOSEN;
		}
		enum verdict verdict = choose(&frontend, &service, 1, packet->source, backend);
		if (verdict != CHANGED)
			return verdict;
	}
	return NO_BACKEND;
}

SEC("classifier/ingress") int sampan_ingress(struct __sk_buff *skb)
{
	struct packet packet = {};
	struct endpoint backend = {};
	__u16 flags = 0;
	if (!parse(skb, &packet))
		return TC_ACT_UNSPEC;
	struct flow key = {
		.client = packet.source, .address = packet.destination, .client_port = packet.source_port,
		.port = packet.destination_port, .protocol = packet.protocol,
	};
	struct endpoint *known = map_lookup(&flows, &key);
	if (known)
		backend = *known;
	else if (!packet.opening)
		return TC_ACT_UNSPEC;
	if (packet.opening) {
		struct endpoint before = backend;
		enum verdict verdict = pick(&packet, known ? &before : 0, &backend, &flags);
		if (verdict == NOT_A_SERVICE)
			return TC_ACT_UNSPEC;
		// Passed on, the packet is answered by the node itself: nobody listens there.
		if (verdict == NO_BACKEND)
			return flags & SERVICE_EXTERNAL_LOCAL ? TC_ACT_SHOT : TC_ACT_UNSPEC;
		map_update(&flows, &key, &backend, BPF_ANY);
		struct endpoint asked = { .address = packet.destination, .port = packet.destination_port };
		struct flow reply = key;
		reply.address = backend.address;
		reply.port = backend.port;
		map_update(&replies, &reply, &asked, BPF_ANY);
	}
	struct rewrite rewrite = {
		.old_address = packet.destination, .new_address = backend.address,
		.old_port = packet.destination_port, .new_port = backend.port,
		.address_offset = __builtin_offsetof(struct iphdr, daddr), .port_offset = 2,
	};
	apply(skb, &packet, &rewrite);
	return TC_ACT_UNSPEC;
}

SEC("classifier/egress") int sampan_egress(struct __sk_buff *skb)
{
	struct packet packet = {};
	if (!parse(skb, &packet))
		return TC_ACT_UNSPEC;
	struct flow key = {
		.client = packet.destination, .address = packet.source, .client_port = packet.destination_port,
		.port = packet.source_port, .protocol = packet.protocol,
	};
	struct endpoint *asked = map_lookup(&replies, &key);
	if (!asked)
		return TC_ACT_UNSPEC;
	struct rewrite rewrite = {
		.old_address = packet.source, .new_address = asked->address,
		.old_port = packet.source_port, .new_port = asked->port,
		.address_offset = __builtin_offsetof(struct iphdr, saddr), .port_offset = 0,
	};
	apply(skb, &packet, &rewrite);
	return TC_ACT_UNSPEC;
}
