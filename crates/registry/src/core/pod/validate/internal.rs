//! How upstream prints structs in messages: its internal types as JSON. They have no JSON names, so Go's names show, nothing is left out, and
//! in a few types the order is another than in v1.

use meta::codec::{FieldInfo, Message, Ref, Value, is_omitted, value_to_json};

/// On one line, as the value of an error.
pub(crate) fn compact(message: &dyn Message) -> String {
    print(message, None)
}

/// One field a line, indented by one space a level: what differences are made of.
pub(crate) fn indented(message: &dyn Message) -> String {
    print(message, Some(0))
}

fn print(message: &dyn Message, depth: Option<usize>) -> String {
    let mut printer = Printer {
        out: String::new(),
        depth,
    };
    printer.message(message);
    printer.out
}

/// Types whose internal fields stand in another order than v1's.
const ORDERS: &[(&str, &[&str])] = &[
    (
        "PodSpec",
        &[
            "Volumes",
            "InitContainers",
            "Containers",
            "EphemeralContainers",
            "RestartPolicy",
            "TerminationGracePeriodSeconds",
            "ActiveDeadlineSeconds",
            "DNSPolicy",
            "NodeSelector",
            "ServiceAccountName",
            "AutomountServiceAccountToken",
            "NodeName",
            SECURITY_CONTEXT,
            "ImagePullSecrets",
            "Hostname",
            "Subdomain",
            "SetHostnameAsFQDN",
            "Affinity",
            "SchedulerName",
            "Tolerations",
            "HostAliases",
            "PriorityClassName",
            "Priority",
            "PreemptionPolicy",
            "DNSConfig",
            "ReadinessGates",
            "RuntimeClassName",
            "Overhead",
            "EnableServiceLinks",
            "TopologySpreadConstraints",
            "OS",
            "SchedulingGates",
            "ResourceClaims",
            "Resources",
            "HostnameOverride",
            "SchedulingGroup",
        ],
    ),
    (
        "VolumeSource",
        &[
            "HostPath",
            "EmptyDir",
            "GCEPersistentDisk",
            "AWSElasticBlockStore",
            "GitRepo",
            "Secret",
            "NFS",
            "ISCSI",
            "Glusterfs",
            "PersistentVolumeClaim",
            "RBD",
            "Quobyte",
            "FlexVolume",
            "Cinder",
            "CephFS",
            "Flocker",
            "DownwardAPI",
            "FC",
            "AzureFile",
            "ConfigMap",
            "VsphereVolume",
            "AzureDisk",
            "PhotonPersistentDisk",
            "Projected",
            "PortworxVolume",
            "ScaleIO",
            "StorageOS",
            "CSI",
            "Ephemeral",
            "Image",
        ],
    ),
    (
        "PersistentVolumeSource",
        &[
            "GCEPersistentDisk",
            "AWSElasticBlockStore",
            "HostPath",
            "Glusterfs",
            "NFS",
            "RBD",
            "Quobyte",
            "ISCSI",
            "FlexVolume",
            "Cinder",
            "CephFS",
            "FC",
            "Flocker",
            "AzureFile",
            "VsphereVolume",
            "AzureDisk",
            "PhotonPersistentDisk",
            "PortworxVolume",
            "ScaleIO",
            "Local",
            "StorageOS",
            "CSI",
        ],
    ),
    (
        "PodSecurityContext",
        &[
            "SELinuxOptions",
            "WindowsOptions",
            "RunAsUser",
            "RunAsGroup",
            "RunAsNonRoot",
            "SupplementalGroups",
            "SupplementalGroupsPolicy",
            "FSGroup",
            "FSGroupChangePolicy",
            "Sysctls",
            "SeccompProfile",
            "AppArmorProfile",
            "SELinuxChangePolicy",
        ],
    ),
];

const SECURITY_CONTEXT: &str = "SecurityContext";
/// What v1 has in the spec and upstream internally in its security context.
const HOST_FIELDS: &[&str] = &[
    "HostNetwork",
    "HostPID",
    "HostIPC",
    "ShareProcessNamespace",
    "HostUsers",
];
/// Types of the API machinery keep their JSON names.
const WITH_JSON_NAMES: &[&str] = &[
    "LabelSelector",
    "LabelSelectorRequirement",
    "ManagedFieldsEntry",
    "ObjectMeta",
    "OwnerReference",
];

struct Printer {
    out: String,
    /// How deep a line is to be indented; on one line without.
    depth: Option<usize>,
}

impl Printer {
    fn message(&mut self, message: &dyn Message) {
        let fields = if WITH_JSON_NAMES.contains(&message.info().go_name) {
            json_fields(message)
        } else {
            fields(message)
        };
        self.block('{', '}', fields, |printer, (name, value)| {
            printer.name(name);
            match value {
                Field::Value(value) => printer.value(value),
                Field::SecurityContext(spec) => printer.security_context(spec),
            }
        });
    }

    fn security_context(&mut self, spec: &dyn Message) {
        let Ref::Message(context) = by_name(spec, SECURITY_CONTEXT).view() else {
            return self.out.push_str("null");
        };
        let host = HOST_FIELDS.iter().map(|name| (*name, by_name(spec, name)));
        let own = fields(context)
            .into_iter()
            .filter_map(|(name, field)| match field {
                Field::Value(value) => Some((name, value)),
                Field::SecurityContext(_) => None,
            });
        let all: Vec<_> = host.chain(own).collect();
        self.block('{', '}', all, |printer, (name, value)| {
            printer.name(name);
            printer.value(value);
        });
    }

    fn value(&mut self, value: &dyn Value) {
        match value.view() {
            Ref::Message(message) => self.message(message),
            Ref::List(list) | Ref::WrappedList(list) => {
                if list.is_nil() {
                    return self.out.push_str("null");
                }
                let items: Vec<_> = (0..list.len()).map(|index| list.at(index)).collect();
                self.block('[', ']', items, |printer, item| printer.value(item));
            }
            Ref::Map(map) if map.is_nil() => self.out.push_str("null"),
            Ref::Map(map) => {
                let entries: Vec<_> = (0..map.len()).map(|index| map.at(index)).collect();
                self.block('{', '}', entries, |printer, (key, value)| {
                    printer.name(key);
                    printer.value(value);
                });
            }
            _ => self.scalar(value),
        }
    }

    fn scalar(&mut self, value: &dyn Value) {
        let mut bytes = Vec::new();
        value_to_json(&mut bytes, value);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.out.push_str(&text);
    }

    fn name(&mut self, name: &str) {
        let quoted = serde_json::Value::from(name).to_string();
        self.out.push_str(&quoted);
        self.out.push(':');
        if self.depth.is_some() {
            self.out.push(' ');
        }
    }

    fn block<T>(
        &mut self,
        open: char,
        close: char,
        items: Vec<T>,
        mut print: impl FnMut(&mut Self, T),
    ) {
        self.out.push(open);
        if items.is_empty() {
            return self.out.push(close);
        }
        self.depth = self.depth.map(|depth| depth + 1);
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.line();
            print(self, item);
        }
        self.depth = self.depth.map(|depth| depth - 1);
        self.line();
        self.out.push(close);
    }

    fn line(&mut self) {
        if let Some(depth) = self.depth {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', depth));
        }
    }
}

#[derive(Clone, Copy)]
enum Field<'m> {
    Value(&'m dyn Value),
    /// Of the spec that it holds: made from several fields.
    SecurityContext(&'m dyn Message),
}

/// The fields as upstream has them: inlined structs dissolved, in the internal order.
fn fields(message: &dyn Message) -> Vec<(&'static str, Field<'_>)> {
    let info = message.info();
    let order = ORDERS.iter().find(|(name, _)| *name == info.go_name);
    if let Some((_, names)) = order {
        let field = |name: &'static str| {
            let field = if name == SECURITY_CONTEXT {
                Field::SecurityContext(message)
            } else {
                Field::Value(by_name(message, name))
            };
            (name, field)
        };
        return names.iter().map(|name| field(name)).collect();
    }
    let mut all = Vec::with_capacity(info.fields.len());
    for (index, field) in info.fields.iter().enumerate() {
        let value = message.field(index);
        match value.view() {
            Ref::Message(inner) if field.flags.inline() => all.extend(fields(inner)),
            Ref::Message(metadata) if field.go_name == "ObjectMeta" => {
                all.extend(json_fields(metadata))
            }
            _ => all.push((field.go_name, Field::Value(value))),
        }
    }
    all
}

/// Metadata is embedded and has JSON names: its fields stand among the others, without those that are not set.
fn json_fields(message: &dyn Message) -> Vec<(&'static str, Field<'_>)> {
    let set = |(index, field): (usize, &FieldInfo)| {
        let value = message.field(index);
        (!is_omitted(field, value)).then_some((field.json_name, Field::Value(value)))
    };
    let info = message.info();
    info.fields.iter().enumerate().filter_map(set).collect()
}

fn by_name<'m>(message: &'m dyn Message, name: &str) -> &'m dyn Value {
    let found = |field: &FieldInfo| field.go_name == name;
    let index = message.info().fields.iter().position(found);
    message.field(index.expect("the tables of this file name fields that exist"))
}
