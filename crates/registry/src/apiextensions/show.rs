//! Values of a definition as upstream prints them in errors: JSON of its internal structs, whose fields have their Go names.

use super::hub::ShownVersion;
use api::apiextensions::v1::{
    CustomResourceColumnDefinition, CustomResourceSubresourceScale,
    CustomResourceSubresourceStatus, CustomResourceSubresources, CustomResourceValidation,
    ExternalDocumentation, JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool,
    JSONSchemaPropsOrStringArray, SelectableField, ValidationRule,
};
use meta::{Map, RawJson, Slice, Str};
use std::fmt::Write;

/// Prints itself as Go's `encoding/json` prints the internal struct.
pub(super) trait Show {
    fn show(&self, out: &mut String);
}

/// The whole value.
pub(super) fn shown(value: &(impl Show + ?Sized)) -> String {
    let mut out = String::new();
    value.show(&mut out);
    out
}

impl Show for str {
    fn show(&self, out: &mut String) {
        let quoted = serde_json::Value::from(self).to_string();
        escape_html(out, &quoted);
    }
}
impl Show for Str {
    fn show(&self, out: &mut String) {
        self.as_str().show(out);
    }
}
impl Show for RawJson {
    fn show(&self, out: &mut String) {
        escape_html(out, &self.to_value().to_string());
    }
}
impl Show for bool {
    fn show(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}
impl Show for i32 {
    fn show(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}
impl Show for i64 {
    fn show(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}
impl Show for f64 {
    fn show(&self, out: &mut String) {
        let size = self.abs();
        if size != 0.0 && !(1e-6..1e21).contains(&size) {
            let text = format!("{self:e}");
            out.push_str(&if size < 1.0 {
                text
            } else {
                text.replace('e', "e+")
            });
        } else {
            let _ = write!(out, "{self}");
        }
    }
}
impl<T: Show + ?Sized> Show for &T {
    fn show(&self, out: &mut String) {
        (**self).show(out);
    }
}
impl<T: Show + ?Sized> Show for Box<T> {
    fn show(&self, out: &mut String) {
        (**self).show(out);
    }
}
impl<T: Show> Show for Option<T> {
    fn show(&self, out: &mut String) {
        match self {
            None => out.push_str("null"),
            Some(value) => value.show(out),
        }
    }
}
impl<T: Show> Show for [T] {
    fn show(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item.show(out);
        }
        out.push(']');
    }
}
impl<T: Show> Show for Slice<T> {
    fn show(&self, out: &mut String) {
        if self.is_nil() {
            return out.push_str("null");
        }
        self.as_slice().show(out);
    }
}
impl<T: Show> Show for Map<Str, T> {
    fn show(&self, out: &mut String) {
        if self.is_nil() {
            return out.push_str("null");
        }
        out.push('{');
        for (index, (key, value)) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            key.show(out);
            out.push(':');
            value.show(out);
        }
        out.push('}');
    }
}

/// Go escapes what HTML would take for markup.
fn escape_html(out: &mut String, json: &str) {
    for char in json.chars() {
        match char {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", char as u32);
            }
            _ => out.push(char),
        }
    }
}

macro_rules! show_struct {
    ($type:ty, $($name:literal: $($field:ident).+),*) => {
        impl Show for $type {
            fn show(&self, out: &mut String) {
                out.push('{');
                $(
                    if !out.ends_with('{') {
                        out.push(',');
                    }
                    out.push_str(concat!("\"", $name, "\":"));
                    self.$($field).+.show(out);
                )*
                out.push('}');
            }
        }
    };
}

impl Show for CustomResourceSubresourceStatus {
    fn show(&self, out: &mut String) {
        out.push_str("{}");
    }
}
show_struct!(ShownVersion<'_>, "Name": version.name, "Served": version.served, "Storage": version.storage,
    "Deprecated": version.deprecated, "DeprecationWarning": version.deprecation_warning, "Schema": own.schema,
    "Subresources": own.subresources, "AdditionalPrinterColumns": own.columns, "SelectableFields": own.selectable_fields);
show_struct!(CustomResourceValidation, "OpenAPIV3Schema": open_apiv3_schema);
show_struct!(CustomResourceSubresources, "Status": status, "Scale": scale);
show_struct!(CustomResourceSubresourceScale, "SpecReplicasPath": spec_replicas_path,
    "StatusReplicasPath": status_replicas_path, "LabelSelectorPath": label_selector_path);
show_struct!(CustomResourceColumnDefinition, "Name": name, "Type": type_, "Format": format,
    "Description": description, "Priority": priority, "JSONPath": json_path);
show_struct!(SelectableField, "JSONPath": json_path);
show_struct!(ExternalDocumentation, "Description": description, "URL": url);
show_struct!(JSONSchemaPropsOrArray, "Schema": schema, "JSONSchemas": json_schemas);
show_struct!(JSONSchemaPropsOrBool, "Allows": allows, "Schema": schema);
show_struct!(JSONSchemaPropsOrStringArray, "Schema": schema, "Property": property);
show_struct!(ValidationRule, "Rule": rule, "Message": message, "MessageExpression": message_expression,
    "Reason": reason, "FieldPath": field_path, "OptionalOldSelf": optional_old_self);
show_struct!(JSONSchemaProps, "ID": id, "Schema": schema, "Ref": ref_, "Description": description, "Type": type_,
    "Nullable": nullable, "Format": format, "Title": title, "Default": default, "Maximum": maximum,
    "ExclusiveMaximum": exclusive_maximum, "Minimum": minimum, "ExclusiveMinimum": exclusive_minimum,
    "MaxLength": max_length, "MinLength": min_length, "Pattern": pattern, "MaxItems": max_items,
    "MinItems": min_items, "UniqueItems": unique_items, "MultipleOf": multiple_of, "Enum": enum_,
    "MaxProperties": max_properties, "MinProperties": min_properties, "Required": required, "Items": items,
    "AllOf": all_of, "OneOf": one_of, "AnyOf": any_of, "Not": not, "Properties": properties,
    "AdditionalProperties": additional_properties, "PatternProperties": pattern_properties,
    "Dependencies": dependencies, "AdditionalItems": additional_items, "Definitions": definitions,
    "ExternalDocs": external_docs, "Example": example,
    "XPreserveUnknownFields": x_kubernetes_preserve_unknown_fields,
    "XEmbeddedResource": x_kubernetes_embedded_resource, "XIntOrString": x_kubernetes_int_or_string,
    "XListMapKeys": x_kubernetes_list_map_keys, "XListType": x_kubernetes_list_type,
    "XMapType": x_kubernetes_map_type, "XValidations": x_kubernetes_validations);

#[cfg(test)]
mod tests;
