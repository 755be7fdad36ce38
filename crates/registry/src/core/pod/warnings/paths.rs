//! Files of a volume that lie over each other (`warningsForOverlappingVirtualPaths`).

use api::core::v1::{Volume, VolumeProjection};
use meta::Str;

/// A path, and what it comes from in a volume of several sources.
struct Place {
    path: String,
    source: String,
}

impl Place {
    fn shown(&self) -> String {
        match self.source.as_str() {
            "" => format!("{:?}", self.path),
            source => format!("{:?} ({source})", self.path),
        }
    }
}

pub(super) fn of(volumes: &[Volume]) -> Vec<String> {
    volumes.iter().flat_map(of_volume).collect()
}

fn of_volume(volume: &Volume) -> Vec<String> {
    let source = &volume.volume_source;
    let name = volume.name.as_str();
    let mut warnings = Vec::new();
    if let Some(map) = &source.config_map {
        let what = format!("ConfigMap {:?}", map.local_object_reference.name.as_str());
        let paths = map.items.iter().map(|item| &item.path);
        compare(&mut warnings, name, &what, places(paths, ""));
    }
    if let Some(secret) = &source.secret {
        let what = format!("Secret {:?}", secret.secret_name.as_str());
        let paths = secret.items.iter().map(|item| &item.path);
        compare(&mut warnings, name, &what, places(paths, ""));
    }
    if let Some(files) = &source.downward_api {
        let paths = files.items.iter().map(|item| &item.path);
        compare(&mut warnings, name, "DownwardAPI", places(paths, ""));
    }
    if let Some(projected) = &source.projected {
        let mut all = Vec::new();
        for source in projected.sources.iter() {
            match of_source(source) {
                None => warnings.push(format!(
                    "volume {name:?} (Projected) has no sources provided"
                )),
                Some(places) => all.extend(places),
            }
        }
        compare(&mut warnings, name, "Projected", all);
    }
    warnings
}

fn places<'p>(paths: impl Iterator<Item = &'p Str>, source: &str) -> Vec<Place> {
    let place = |path: &Str| Place {
        path: path.trim_end_matches('/').to_owned(),
        source: source.to_owned(),
    };
    paths.map(place).collect()
}

/// None if the source is none.
fn of_source(source: &VolumeProjection) -> Option<Vec<Place>> {
    let all = if let Some(map) = &source.config_map {
        let what = format!("ConfigMap {:?}", map.local_object_reference.name.as_str());
        places(map.items.iter().map(|item| &item.path), &what)
    } else if let Some(secret) = &source.secret {
        let what = format!("Secret {:?}", secret.local_object_reference.name.as_str());
        places(secret.items.iter().map(|item| &item.path), &what)
    } else if let Some(files) = &source.downward_api {
        places(files.items.iter().map(|item| &item.path), "DownwardAPI")
    } else if let Some(token) = &source.service_account_token {
        places([&token.path].into_iter(), "ServiceAccountToken")
    } else if let Some(bundle) = &source.cluster_trust_bundle {
        let name = bundle.name.as_ref().or(bundle.signer_name.as_ref());
        let name = name.map_or("", Str::as_str);
        let what = format!("ClusterTrustBundle {name:?}");
        places([&bundle.path].into_iter(), &what)
    } else {
        let pod = source.pod_certificate.as_ref()?;
        let files = [
            (&pod.certificate_chain_path, "PodCertificate chain"),
            (&pod.key_path, "PodCertificate key"),
            (
                &pod.credential_bundle_path,
                "PodCertificate credential bundle",
            ),
        ];
        let files = files.into_iter().filter(|(path, _)| !path.is_empty());
        files
            .flat_map(|(path, what)| places([path].into_iter(), what))
            .collect()
    };
    Some(all)
}

fn compare(warnings: &mut Vec<String>, name: &str, what: &str, places: Vec<Place>) {
    for (index, place) in places.iter().enumerate() {
        for other in places
            .iter()
            .take(index)
            .filter(|other| overlap(place, other))
        {
            warnings.push(format!(
                "volume {name:?} ({what}): overlapping paths: {} with {}",
                place.shown(),
                other.shown()
            ));
        }
    }
}

fn overlap(one: &Place, other: &Place) -> bool {
    let within = |inner: &Place, outer: &Place| {
        let (inner, outer) = (format!("{}/", inner.path), format!("{}/", outer.path));
        inner.starts_with(&outer)
    };
    !one.path.is_empty() && !other.path.is_empty() && (within(one, other) || within(other, one))
}
