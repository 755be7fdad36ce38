use super::*;

fn parse(text: &str) -> Result<Enablement, String> {
    let pairs = text.split(',').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key.to_owned(), value.to_owned())
    });
    Enablement::parse(&pairs.collect())
}

#[test]
fn the_narrowest_word_counts() {
    let all = [
        ("", "v1", "pods"),
        ("apps", "v1", "deployments"),
        ("apps", "v1", "daemonsets"),
        ("batch", "v1", "jobs"),
    ];
    let rows: &[(&str, &[usize])] = &[
        (
            "api/beta=false,api/alpha=true,api/legacy=maybe",
            &[0, 1, 2, 3],
        ),
        ("apps/v1=false", &[0, 3]),
        ("apps/v1=f,apps/v1/daemonsets=1", &[0, 2, 3]),
        ("apps/v1/daemonsets=false", &[0, 1, 3]),
        ("v1=false", &[1, 2, 3]),
        ("api/v1/pods=false", &[1, 2, 3]),
        (
            "api/all=false,flowcontrol.apiserver.k8s.io/v1=true,batch/v1",
            &[3],
        ),
        ("api/all=false,api/ga=true,batch/v1=false", &[0, 1, 2]),
        (
            "apps/v1beta1=true,storage.k8s.io/v1beta1=false",
            &[0, 1, 2, 3],
        ),
    ];
    for (text, on) in rows {
        let parsed = parse(text).unwrap();
        for (index, (group, version, plural)) in all.iter().enumerate() {
            let is_on = parsed.serves(group, version, plural);
            assert_eq!(is_on, on.contains(&index), "{text}: {group}/{plural}");
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let conflict = "conflicts with --enable-priority-and-fairness=true";
    let rows = [
        (
            "api/all=false",
            &*format!(
                "[--runtime-config=api/all=false {conflict}, invalid runtime-config with only api/all=false]"
            ),
        ),
        (
            "api/ga=false",
            &format!("--runtime-config=api/ga=false {conflict}"),
        ),
        ("api/all=no", "invalid value api/all=no"),
        ("api/beta", "invalid value api/beta="),
        ("one", "runtime-config invalid key one"),
        ("a/b/c/d=true", "runtime-config invalid key a/b/c/d"),
        (
            "two.example/v1=true,one.example/v2=false",
            "unknown api groups one.example/v2,two.example/v1",
        ),
        (
            "apps/v7=true",
            "group version apps/v7 that has not been registered",
        ),
        (
            "apps/v1=perhaps",
            "invalid value of apps/v1: perhaps, err: strconv.ParseBool: parsing \"perhaps\": invalid syntax",
        ),
        (
            "v1=perhaps",
            "invalid value of /v1: perhaps, err: strconv.ParseBool: parsing \"perhaps\": invalid syntax",
        ),
        (
            "apps/v1/ReplicaSets=true",
            "invalid key apps/v1/ReplicaSets: group/version/resource and resource is always lowercase plural, not \"ReplicaSets\"",
        ),
        (
            "storage.k8s.io/v1beta1=true",
            "storage.k8s.io/v1beta1 cannot be served: this program has no storage.k8s.io/v1beta1",
        ),
    ];
    for (text, words) in rows {
        assert_eq!(parse(text).unwrap_err(), words, "{text}");
    }
}
