//! Typed client, shared caches, work queue, `Reconciler`, events.
