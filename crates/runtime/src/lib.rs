//! Containers: sandbox, create, start, exec, logs, stop.
