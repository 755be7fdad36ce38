//! Shuffle sharding: which queues a flow may use. As upstream's `util/shufflesharding`: a hash deals a hand of cards out of a deck, so
//! that two flows seldom share all of their queues.

/// Bits of a hash that hands may use up.
const HASH_BITS_MAX: f64 = 60.0;
/// As many cards as upstream deals at most.
const HAND_MAX: usize = 15;

/// Whether a hash can deal such a hand.
pub(super) fn can_deal(deck: usize, hand: usize) -> bool {
    let cards = u32::try_from(deck).unwrap_or(u32::MAX);
    let hands = u32::try_from(hand).unwrap_or(u32::MAX);
    let bits = (f64::from(cards).log2() * f64::from(hands)).ceil();
    (1..=HAND_MAX.min(deck)).contains(&hand) && bits <= HASH_BITS_MAX
}

/// `hand` different numbers below `deck`. [`can_deal`] holds.
pub(super) fn deal(deck: usize, hand: usize, mut hash: u64) -> Vec<usize> {
    let mut dealt: Vec<usize> = Vec::with_capacity(hand);
    let mut remainders: Vec<usize> = Vec::with_capacity(hand);
    for index in 0..hand {
        let left = (deck - index) as u64;
        let remainder = usize::try_from(hash % left).expect("a remainder is below the deck's size");
        hash /= left;
        // The number counts the cards that are left: those dealt before are passed over, the last of them first.
        let card = remainders.iter().rev().fold(remainder, |card, before| {
            card + usize::from(card >= *before)
        });
        remainders.push(remainder);
        dealt.push(card);
    }
    dealt
}
