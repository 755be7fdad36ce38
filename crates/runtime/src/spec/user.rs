//! Who a container runs as, by number or by name from the image's files.

use super::SpecError;
use crate::cri::v1;

/// Numbers as the kernel takes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// The primary group is among them (CVE-2023-25173).
    pub(crate) groups: Vec<u32>,
}

impl User {
    pub(crate) fn status(&self) -> v1::ContainerUser {
        let linux = v1::LinuxContainerUser {
            uid: self.uid.into(),
            gid: self.gid.into(),
            supplemental_groups: self.groups.iter().map(|g| (*g).into()).collect(),
        };
        v1::ContainerUser { linux: Some(linux) }
    }
}

/// One line of `/etc/passwd`.
struct Account<'a> {
    name: &'a str,
    uid: u32,
    gid: u32,
}

/// Resolves CRI's user and groups, or else the image's, with the image's `/etc/passwd` and `/etc/group`.
pub(crate) fn resolve(
    context: &v1::LinuxContainerSecurityContext,
    image_user: &str,
    passwd: &[u8],
    group: &[u8],
) -> Result<User, SpecError> {
    let passwd = String::from_utf8_lossy(passwd);
    let group = String::from_utf8_lossy(group);
    let (user_name, group_name) = wanted(context, image_user);
    let account = find_account(&passwd, &user_name)?;
    let gid = match &group_name {
        Some(name) => find_group(&group, name)?,
        None => account.gid,
    };
    let mut groups = vec![gid];
    if context.supplemental_groups_policy() == v1::SupplementalGroupsPolicy::Merge
        && !account.name.is_empty()
    {
        groups.extend(memberships(&group, account.name));
    }
    groups.extend(
        context
            .supplemental_groups
            .iter()
            .filter_map(|g| u32::try_from(*g).ok()),
    );
    let mut seen = std::collections::BTreeSet::new();
    groups.retain(|g| seen.insert(*g));
    Ok(User {
        uid: account.uid,
        gid,
        groups,
    })
}

/// The words to look up: CRI's user counts before the image's `user[:group]`.
fn wanted(
    context: &v1::LinuxContainerSecurityContext,
    image_user: &str,
) -> (String, Option<String>) {
    let group = context.run_as_group.as_ref().map(|g| g.value.to_string());
    if let Some(uid) = &context.run_as_user {
        return (uid.value.to_string(), group);
    }
    if !context.run_as_username.is_empty() {
        return (context.run_as_username.clone(), group);
    }
    match image_user.split_once(':') {
        Some((user, own)) => (
            user.to_owned(),
            group.or_else(|| Some(own.to_owned()).filter(|g| !g.is_empty())),
        ),
        None => (image_user.to_owned(), group),
    }
}

/// A number need not be in the file; its group is then 0.
fn find_account<'a>(passwd: &'a str, name: &str) -> Result<Account<'a>, SpecError> {
    let name = if name.is_empty() { "0" } else { name };
    let number = name.parse::<u32>().ok();
    let parse = |line: &'a str| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let uid = fields.nth(1)?.parse().ok()?;
        Some(Account {
            name,
            uid,
            gid: fields.next()?.parse().ok()?,
        })
    };
    let found = passwd
        .lines()
        .filter_map(parse)
        .find(|a| number.map_or(a.name == name, |uid| a.uid == uid));
    match (found, number) {
        (Some(account), _) => Ok(account),
        (None, Some(uid)) => Ok(Account {
            name: "",
            uid,
            gid: 0,
        }),
        (None, None) => Err(SpecError::NoUser {
            name: name.to_owned(),
        }),
    }
}

fn find_group(group: &str, name: &str) -> Result<u32, SpecError> {
    if let Ok(gid) = name.parse() {
        return Ok(gid);
    }
    let gid = group.lines().find_map(|line| {
        let mut fields = line.split(':');
        fields.next().filter(|n| *n == name)?;
        fields.nth(1)?.parse().ok()
    });
    gid.ok_or_else(|| SpecError::NoGroup {
        name: name.to_owned(),
    })
}

fn memberships(group: &str, user: &str) -> Vec<u32> {
    let of = |line: &str| {
        let mut fields = line.split(':');
        let gid = fields.nth(2)?.parse().ok()?;
        fields
            .next()?
            .split(',')
            .any(|member| member == user)
            .then_some(gid)
    };
    group.lines().filter_map(of).collect()
}
