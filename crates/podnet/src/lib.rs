//! Pod interfaces, addresses, routes.
