//! Queues in virtual time: what arrives when, who begins when.
use super::{Origin, Place, QueueSet, Queuing, Response};
use crate::flow::work::Work;
use platform::Monotonic;
use std::{collections::BTreeMap, time::Duration};

const MILLISECOND: Duration = Duration::from_millis(1);

fn queues(queues: usize, hand_size: usize, queue_length_max: usize) -> Response {
    Response::Queue(Queuing {
        queues,
        hand_size,
        queue_length_max,
    })
}

fn set(response: Response, seats: u32) -> QueueSet<&'static str> {
    let mut set = QueueSet::new(Monotonic::START, response);
    set.set_seats(seats);
    set
}

fn at(milliseconds: u32) -> Monotonic {
    Monotonic::START + MILLISECOND * milliseconds
}

fn seats(initial_seats: u32) -> Work {
    Work {
        initial_seats,
        ..Work::ONE_SEAT
    }
}

fn begin(set: &mut QueueSet<&'static str>, now: Monotonic, work: Work) -> Option<usize> {
    set.begin(now, &Origin::default(), work)
}

fn enqueue(set: &mut QueueSet<&'static str>, hash: u64, who: &'static str) -> Option<Place> {
    enqueue_work(set, hash, who, Work::ONE_SEAT)
}

fn enqueue_work(
    set: &mut QueueSet<&'static str>,
    hash: u64,
    who: &'static str,
    work: Work,
) -> Option<Place> {
    let request = (Origin::default(), work, who);
    set.enqueue(at(0), hash, request).ok()
}

fn names(begun: Vec<(&'static str, usize)>) -> Vec<&'static str> {
    begun.into_iter().map(|(who, _)| who).collect()
}

#[test]
fn a_level_without_queues_has_its_seats_and_no_more() {
    let mut set = set(Response::Reject, 2);
    let first = begin(&mut set, at(0), Work::ONE_SEAT).unwrap();
    begin(&mut set, at(0), Work::ONE_SEAT).unwrap();
    assert_eq!(begin(&mut set, at(1), Work::ONE_SEAT), None);
    assert!(enqueue(&mut set, 0, "nobody queues here").is_none());
    set.finish(at(2), first);
    assert!(begin(&mut set, at(2), Work::ONE_SEAT).is_some());
}

#[test]
fn an_exempt_level_takes_everything() {
    let mut set = set(Response::Exempt, 0);
    for _ in 0..1000 {
        begin(&mut set, at(0), seats(10)).unwrap();
    }
    assert_eq!(set.seats_in_use, 10_000);
}

#[test]
fn who_is_wider_than_the_level_goes_alone() {
    let mut set = set(queues(1, 1, 10), 3);
    let narrow = begin(&mut set, at(0), Work::ONE_SEAT).unwrap();
    assert_eq!(begin(&mut set, at(0), seats(5)), None);
    enqueue_work(&mut set, 0, "wide", seats(5)).unwrap();
    assert_eq!(names(set.dispatch(at(1))), [""; 0]);
    // Nobody overtakes it.
    assert_eq!(begin(&mut set, at(1), Work::ONE_SEAT), None);
    enqueue(&mut set, 0, "behind").unwrap();
    set.finish(at(2), narrow);
    let begun = set.dispatch(at(2));
    let wide = begun[0].1;
    assert_eq!(names(begun), ["wide"]);
    set.finish(at(9), wide);
    assert_eq!(names(set.dispatch(at(9))), ["behind"]);
}

#[test]
fn queues_are_bounded_and_given_up() {
    let mut set = set(queues(1, 1, 2), 1);
    let running = begin(&mut set, at(0), Work::ONE_SEAT).unwrap();
    let first = enqueue(&mut set, 0, "first").unwrap();
    assert_eq!(enqueue(&mut set, 0, "second").unwrap().length, 2);
    assert!(enqueue(&mut set, 0, "too many").is_none());
    assert!(set.cancel(at(1), first));
    assert!(!set.cancel(at(1), first));
    assert!(enqueue(&mut set, 0, "third").is_some());
    set.finish(at(2), running);
    assert_eq!(names(set.dispatch(at(2))), ["second"]);
    assert_eq!((set.waiting, set.totals.cancelled), (1, 1));
}

#[test]
fn without_seats_a_queue_is_a_jail() {
    let mut set = set(queues(1, 1, 10), 0);
    assert_eq!(begin(&mut set, at(0), Work::ONE_SEAT), None);
    enqueue(&mut set, 0, "prisoner").unwrap();
    assert_eq!(names(set.dispatch(at(1))), [""; 0]);
    set.set_seats(1);
    assert_eq!(names(set.dispatch(at(2))), ["prisoner"]);
}

#[test]
fn seats_linger() {
    let mut set = set(queues(1, 1, 10), 4);
    let work = Work {
        initial_seats: 1,
        final_seats: 4,
        lingering: MILLISECOND * 5,
    };
    let slot = begin(&mut set, at(0), work).unwrap();
    enqueue(&mut set, 0, "next").unwrap();
    set.finish(at(10), slot);
    assert_eq!(names(set.dispatch(at(10))), [""; 0]);
    assert_eq!(set.next_release(), Some(at(15)));
    assert_eq!(names(set.dispatch(at(14))), [""; 0]);
    assert_eq!(names(set.dispatch(at(15))), ["next"]);
    assert_eq!((set.next_release(), set.seats_in_use), (None, 1));
}

#[test]
fn what_is_too_wide_at_its_end_lingers_longer() {
    let wide = Work {
        initial_seats: 1,
        final_seats: 10,
        lingering: MILLISECOND * 5,
    };
    let narrowed = wide.narrowed(2);
    assert_eq!(narrowed.final_seats, 2);
    assert_eq!(narrowed.lingering, MILLISECOND * 25);
}

/// Who always has requests, how long each takes, and how wide it is.
struct Flow {
    name: &'static str,
    hash: u64,
    takes: u32,
    seats: u32,
    /// At a time.
    outstanding: u32,
}

/// Keeps flows busy for some seconds; how many seat-milliseconds each had.
fn simulate(seats_of_level: u32, flows: &[Flow]) -> BTreeMap<&'static str, u32> {
    let mut set = set(queues(8, 1, 100), seats_of_level);
    let flow = |name: &str| flows.iter().find(|flow| flow.name == name).unwrap();
    for flow in flows {
        for _ in 0..flow.outstanding {
            enqueue_work(&mut set, flow.hash, flow.name, seats(flow.seats)).unwrap();
        }
    }
    let mut served: BTreeMap<&'static str, u32> = BTreeMap::new();
    let mut running: Vec<(u32, &'static str, usize)> = Vec::new();
    for now in 0..5_000 {
        let ended = running.iter().filter(|(end, ..)| *end == now);
        let ended: Vec<_> = ended.copied().collect();
        running.retain(|(end, ..)| *end != now);
        for (_, name, slot) in ended {
            set.finish(at(now), slot);
            let flow = flow(name);
            let request = (Origin::default(), seats(flow.seats), name);
            set.enqueue(at(now), flow.hash, request).unwrap();
        }
        for (name, slot) in set.dispatch(at(now)) {
            let flow = flow(name);
            *served.entry(name).or_default() += flow.takes * flow.seats;
            running.push((now + flow.takes, name, slot));
        }
        assert!(set.seats_in_use <= seats_of_level, "at {now} ms");
    }
    served
}

#[track_caller]
fn check_fair(served: &BTreeMap<&'static str, u32>, one: &str, other: &str) {
    let (one, other) = (f64::from(served[one]), f64::from(served[other]));
    let ratio = one / other;
    assert!((0.9..1.1).contains(&ratio), "{served:?}");
}

#[test]
fn an_elephant_and_a_mouse_share() {
    let flow = |name, hash, outstanding| Flow {
        name,
        hash,
        takes: 10,
        seats: 1,
        outstanding,
    };
    let served = simulate(4, &[flow("elephant", 1, 90), flow("mouse", 2, 4)]);
    check_fair(&served, "elephant", "mouse");
    assert!(served["mouse"] > 9_000, "{served:?}");
}

#[test]
fn slow_and_wide_requests_are_paid_for() {
    let flow = |name, hash, takes, seats| Flow {
        name,
        hash,
        takes,
        seats,
        outstanding: 20,
    };
    let slow = simulate(4, &[flow("slow", 1, 100, 1), flow("quick", 2, 5, 1)]);
    check_fair(&slow, "slow", "quick");
    let wide = simulate(4, &[flow("wide", 1, 10, 2), flow("narrow", 2, 10, 1)]);
    check_fair(&wide, "wide", "narrow");
}

#[test]
fn who_rested_saves_nothing_up() {
    let mut set = set(queues(8, 1, 100), 1);
    for _ in 0..50 {
        enqueue(&mut set, 1, "busy").unwrap();
    }
    let mut order = Vec::new();
    for now in 0..60 {
        if now == 30 {
            for _ in 0..10 {
                enqueue(&mut set, 2, "rested").unwrap();
            }
        }
        for (who, slot) in set.dispatch(at(now)) {
            order.push(who);
            set.finish(at(now + 1), slot);
        }
    }
    let rested = |order: &[&str]| order.iter().filter(|who| **who == "rested").count();
    let at_first = rested(&order[30..40]);
    assert!((4..=6).contains(&at_first), "{order:?}");
}

#[test]
fn fewer_queues_drain() {
    let mut set = set(queues(8, 1, 10), 1);
    let running = begin(&mut set, at(0), Work::ONE_SEAT).unwrap();
    enqueue(&mut set, 7, "in the last queue").unwrap();
    set.configure(queues(2, 1, 10));
    assert_eq!(set.queues.len(), 8);
    set.finish(at(1), running);
    let begun = set.dispatch(at(1));
    set.finish(at(2), begun[0].1);
    assert_eq!(names(begun), ["in the last queue"]);
    assert_eq!(set.queues.len(), 2);
}
