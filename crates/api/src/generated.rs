//! The group versions. Written by `cargo xtask schema`; do not edit.

pub mod roots;
pub mod admission {
    //! Versions of the group.
    pub mod v1;
}
pub mod admissionregistration {
    //! Versions of the group.
    pub mod v1;
}
pub mod apidiscovery {
    //! Versions of the group.
    pub mod v2;
}
pub mod apiextensions {
    //! Versions of the group.
    pub mod v1;
}
pub mod apiregistration {
    //! Versions of the group.
    pub mod v1;
}
pub mod apps {
    //! Versions of the group.
    pub mod v1;
}
pub mod authentication {
    //! Versions of the group.
    pub mod v1;
}
pub mod authorization {
    //! Versions of the group.
    pub mod v1;
}
pub mod autoscaling {
    //! Versions of the group.
    pub mod v1;
    pub mod v2;
}
pub mod batch {
    //! Versions of the group.
    pub mod v1;
}
pub mod certificates {
    //! Versions of the group.
    pub mod v1;
}
pub mod coordination {
    //! Versions of the group.
    pub mod v1;
}
pub mod core {
    //! Versions of the group.
    pub mod v1;
}
pub mod discovery {
    //! Versions of the group.
    pub mod v1;
}
pub mod events {
    //! Versions of the group.
    pub mod v1;
}
pub mod flowcontrol {
    //! Versions of the group.
    pub mod v1;
}
pub mod networking {
    //! Versions of the group.
    pub mod v1;
}
pub mod node {
    //! Versions of the group.
    pub mod v1;
}
pub mod policy {
    //! Versions of the group.
    pub mod v1;
}
pub mod rbac {
    //! Versions of the group.
    pub mod v1;
}
pub mod resource {
    //! Versions of the group.
    pub mod v1;
}
pub mod scheduling {
    //! Versions of the group.
    pub mod v1;
}
pub mod storage {
    //! Versions of the group.
    pub mod v1;
}
