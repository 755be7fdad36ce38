//! The clients that people come with, each as it is published, against the real server. `scripts/clients` fetches them.

mod helm;
mod javascript;
mod kubectl;
mod python;
mod rust;
mod tools;
