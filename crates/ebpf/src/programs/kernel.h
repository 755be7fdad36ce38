// SPDX-License-Identifier: Apache-2.0
// What the programs need of the kernel: helpers by number, map declarations, byte order. Written out here so that
// the build needs the kernel's own headers (linux-libc-dev) and no libbpf.
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>

#define SEC(name) __attribute__((section(name), used))
#define inline_always static inline __attribute__((always_inline))

// What a map is made from. The build reads these out of the object; the loader makes each map once and pins it by its name.
struct map {
	__u32 kind;
	__u32 key_bytes;
	__u32 value_bytes;
	__u32 entries_max;
	__u32 flags;
};
#define MAP(name, kind, key, value, entries_max, flags) \
	struct map name SEC("maps") = { kind, sizeof(key), sizeof(value), entries_max, flags }

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define be16(value) ((__be16)__builtin_bswap16(value))
#define be32(value) ((__be32)__builtin_bswap32(value))
#else
#define be16(value) ((__be16)(value))
#define be32(value) ((__be32)(value))
#endif

#define TCP 6
#define UDP 17

static void *(*const map_lookup)(void *map, const void *key) = (void *)BPF_FUNC_map_lookup_elem;
static long (*const map_update)(void *map, const void *key, const void *value, __u64 flags) = (void *)BPF_FUNC_map_update_elem;
static long (*const map_delete)(void *map, const void *key) = (void *)BPF_FUNC_map_delete_elem;
static __u64 (*const monotonic_ns)(void) = (void *)BPF_FUNC_ktime_get_ns;
static __u32 (*const random_u32)(void) = (void *)BPF_FUNC_get_prandom_u32;
static __u64 (*const socket_cookie)(void *ctx) = (void *)BPF_FUNC_get_socket_cookie;
static __u64 (*const netns_cookie)(void *ctx) = (void *)BPF_FUNC_get_netns_cookie;
static long (*const set_retval)(int retval) = (void *)BPF_FUNC_set_retval;
static long (*const skb_pull)(struct __sk_buff *skb, __u32 len) = (void *)BPF_FUNC_skb_pull_data;
static long (*const skb_store)(struct __sk_buff *skb, __u32 offset, const void *from, __u32 len, __u64 flags) = (void *)BPF_FUNC_skb_store_bytes;
static long (*const l3_checksum)(struct __sk_buff *skb, __u32 offset, __u64 from, __u64 to, __u64 flags) = (void *)BPF_FUNC_l3_csum_replace;
static long (*const l4_checksum)(struct __sk_buff *skb, __u32 offset, __u64 from, __u64 to, __u64 flags) = (void *)BPF_FUNC_l4_csum_replace;
