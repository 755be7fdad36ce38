//! Whether a value of one type can stand where another is wanted, and what type parameters become by that.

use crate::Type;

/// What type parameters stand for.
#[derive(Debug, Default)]
pub(super) struct Substitutions {
    bound: Vec<Option<Type>>,
    /// What to undo if an attempt fails.
    trail: Vec<(u32, Option<Type>)>,
}

impl Substitutions {
    /// A parameter that stands for nothing yet.
    pub(super) fn fresh(&mut self) -> Type {
        self.bound.push(None);
        let number = self.bound.len() - 1;
        Type::Param(u32::try_from(number).expect("texts are shorter"))
    }

    fn find(&self, parameter: u32) -> Option<&Type> {
        self.bound.get(parameter as usize)?.as_ref()
    }

    fn bind(&mut self, parameter: u32, type_: Type) {
        let place = &mut self.bound[parameter as usize];
        let before = place.replace(type_);
        self.trail.push((parameter, before));
    }

    /// Whether `from` can be assigned to `to`; if not, nothing is bound.
    pub(super) fn assignable(&mut self, from: &Type, to: &Type) -> bool {
        self.assignable_all(std::slice::from_ref(from), std::slice::from_ref(to))
    }

    pub(super) fn assignable_all(&mut self, from: &[Type], to: &[Type]) -> bool {
        self.trail.clear();
        let fits =
            from.len() == to.len() && from.iter().zip(to).all(|(from, to)| self.fits(from, to));
        if !fits {
            while let Some((parameter, before)) = self.trail.pop() {
                self.bound[parameter as usize] = before;
            }
        }
        fits
    }

    fn fits(&mut self, from: &Type, to: &Type) -> bool {
        if let Type::Param(parameter) = to {
            match self.valid(from, *parameter) {
                (true, _) => return true,
                (false, true) => return false,
                (false, false) => {}
            }
        }
        if let Type::Param(parameter) = from {
            return self.valid(to, *parameter).0;
        }
        match (from, to) {
            (Type::Dyn | Type::Error, _) | (_, Type::Dyn | Type::Error) => true,
            (Type::Null, other) | (other, Type::Null) => nullable(other),
            (Type::List(from), Type::List(to)) => self.fits(&from.element, &to.element),
            (Type::Map(from), Type::Map(to)) => {
                self.fits(&from.key, &to.key) && self.fits(&from.value, &to.value)
            }
            (Type::Optional(from), Type::Optional(to)) => self.fits(from, to),
            (Type::Type(_), Type::Type(_)) => true,
            _ => from == to,
        }
    }

    /// Whether the parameter can stand for the type, and whether it stood for one before.
    fn valid(&mut self, type_: &Type, parameter: u32) -> (bool, bool) {
        if *type_ == Type::Param(parameter) {
            return (true, true);
        }
        if let Some(bound) = self.find(parameter).cloned() {
            if bound == *type_ {
                return (true, true);
            }
            if !self.fits(type_, &bound) {
                return (false, true);
            }
            let general = most_general(type_, &bound).clone();
            if self.absent(parameter, &general) {
                self.bind(parameter, general);
            }
            return (true, true);
        }
        if self.absent(parameter, type_) {
            self.bind(parameter, type_.clone());
            return (true, false);
        }
        (false, false)
    }

    /// Whether the parameter does not occur in the type.
    fn absent(&self, parameter: u32, within: &Type) -> bool {
        match within {
            Type::Param(other) if *other == parameter => false,
            Type::Param(other) => self
                .find(*other)
                .is_none_or(|bound| self.absent(parameter, bound)),
            Type::List(list) => self.absent(parameter, &list.element),
            Type::Map(map) => {
                self.absent(parameter, &map.key) && self.absent(parameter, &map.value)
            }
            Type::Optional(of) | Type::Type(of) => self.absent(parameter, of),
            _ => true,
        }
    }

    /// The type with what its parameters stand for; `free` makes those that stand for nothing `Dyn`.
    pub(super) fn applied(&self, type_: &Type, free: Free) -> Type {
        match type_ {
            Type::Param(parameter) => match (self.find(*parameter), free) {
                (Some(bound), _) => self.applied(bound, free),
                (None, Free::Dyn) => Type::Dyn,
                (None, Free::Stay) => type_.clone(),
            },
            Type::List(list) if parametric(&list.element) => {
                let element = self.applied(&list.element, free);
                Type::merged_list(element, list.merge.clone())
            }
            Type::Map(map) if parametric(&map.key) || parametric(&map.value) => {
                Type::map(self.applied(&map.key, free), self.applied(&map.value, free))
            }
            Type::Optional(of) => Type::optional(self.applied(of, free)),
            Type::Type(of) => Type::Type(self.applied(of, free).into()),
            _ => type_.clone(),
        }
    }
}

/// What happens to parameters that stand for nothing.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Free {
    Stay,
    Dyn,
}

fn parametric(type_: &Type) -> bool {
    match type_ {
        Type::Param(_) => true,
        Type::List(list) => parametric(&list.element),
        Type::Map(map) => parametric(&map.key) || parametric(&map.value),
        Type::Optional(of) | Type::Type(of) => parametric(of),
        _ => false,
    }
}

fn nullable(type_: &Type) -> bool {
    matches!(
        type_,
        Type::Null
            | Type::Named(_)
            | Type::Optional(_)
            | Type::Object(_)
            | Type::Duration
            | Type::Timestamp
    )
}

/// Of two that can be assigned to each other.
pub(super) fn most_general<'a>(one: &'a Type, other: &'a Type) -> &'a Type {
    if less_specific(one, other) {
        one
    } else {
        other
    }
}

fn less_specific(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::Dyn | Type::Param(_), _) => true,
        (_, Type::Dyn | Type::Param(_)) => false,
        (Type::Optional(one), Type::Optional(other)) => less_specific(one, other),
        (Type::List(one), Type::List(other)) => less_specific(&one.element, &other.element),
        (Type::Map(one), Type::Map(other)) => {
            less_specific(&one.key, &other.key) && less_specific(&one.value, &other.value)
        }
        (Type::Type(_), Type::Type(_)) => true,
        _ => one == other,
    }
}
