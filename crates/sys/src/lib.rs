//! Linux: namespaces, mounts, cgroups, netlink. A trait and a recording fake.
