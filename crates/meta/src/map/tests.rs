//! The map against `BTreeMap`.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #[test]
    fn like_a_btree(steps in prop::collection::vec((0u8..20, prop::option::of(0u8..9)), 0..60)) {
        let (mut map, mut model) = (Map::new(), BTreeMap::new());
        for (key, value) in steps {
            match value {
                Some(value) => prop_assert_eq!(map.insert(key, value), model.insert(key, value)),
                None => prop_assert_eq!(map.remove(&key), model.remove(&key)),
            }
            prop_assert_eq!(map.get(&key), model.get(&key));
        }
        prop_assert!(map.iter().eq(model.iter()));
    }
}
