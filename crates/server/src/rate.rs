//! How much one address may ask for: a bucket of requests that fills at a steady rate.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A rate for each address.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Requests a second that an address may go on making.
    pub per_second: f64,
    /// Requests that it may make at once after a rest.
    pub at_once: f64,
    /// Whether this machine's own addresses are held to it too: a proxy here speaks for many.
    pub for_loopback: bool,
}

impl Rate {
    /// What is allowed where nothing else is said: more than any person types, less than a flood.
    pub const DEFAULT: Self = Self { per_second: 30.0, at_once: 120.0, for_loopback: false };
}

/// As many addresses are remembered; beyond that, those with full buckets are forgotten, and then all.
const MOST_ADDRESSES: usize = 16_384;

/// The buckets of all addresses.
pub(crate) struct Buckets {
    rate: Rate,
    left: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

impl Buckets {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, left: Mutex::default() }
    }

    /// Takes one request out of the bucket of `address`; the seconds until there is one where there is none.
    pub(crate) fn take(&self, address: IpAddr, now: Instant) -> Result<(), u32> {
        let address = of_network(address);
        if self.rate.at_once.is_infinite() || address.is_loopback() && !self.rate.for_loopback {
            return Ok(());
        }
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.len() >= MOST_ADDRESSES && !left.contains_key(&address) {
            let full = |(tokens, at): &(f64, Instant)| self.filled(*tokens, *at, now) >= self.rate.at_once;
            left.retain(|_, bucket| !full(bucket));
            if left.len() >= MOST_ADDRESSES {
                left.clear();
            }
        }
        let (tokens, at) = left.entry(address).or_insert((self.rate.at_once, now));
        *tokens = self.filled(*tokens, *at, now);
        *at = now;
        if *tokens >= 1.0 {
            *tokens -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - *tokens) / self.rate.per_second.max(0.001);
        Err(wait.ceil().clamp(1.0, 3600.0) as u32)
    }

    fn filled(&self, tokens: f64, at: Instant, now: Instant) -> f64 {
        let elapsed = now.saturating_duration_since(at).as_secs_f64();
        (tokens + elapsed * self.rate.per_second).min(self.rate.at_once)
    }
}

/// Whoever has one IPv6 address has the 2^64 others of its network too.
fn of_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            IpAddr::V6(std::net::Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_empties_and_fills() {
        let buckets = Buckets::new(Rate { per_second: 2.0, at_once: 3.0, for_loopback: false });
        let (start, one): (_, IpAddr) = (Instant::now(), "192.0.2.1".parse().unwrap());
        for _ in 0..3 {
            assert_eq!(buckets.take(one, start), Ok(()));
        }
        assert_eq!(buckets.take(one, start), Err(1));
        assert_eq!(buckets.take("192.0.2.2".parse().unwrap(), start), Ok(()));
        assert_eq!(buckets.take(one, start + Duration::from_millis(500)), Ok(()));
        assert_eq!(buckets.take(one, start + Duration::from_millis(500)), Err(1));
        for _ in 0..9 {
            assert_eq!(buckets.take("127.0.0.1".parse().unwrap(), start), Ok(()));
        }
    }

    #[test]
    fn neighbours_of_one_network_share_and_memory_is_bounded() {
        let buckets = Buckets::new(Rate { per_second: 1.0, at_once: 1.0, for_loopback: true });
        let now = Instant::now();
        assert_eq!(buckets.take("2001:db8::1".parse().unwrap(), now), Ok(()));
        assert_eq!(buckets.take("2001:db8::2".parse().unwrap(), now), Err(1));
        for n in 0..40_000_u32 {
            let _ = buckets.take(IpAddr::V4(std::net::Ipv4Addr::from_bits(n << 8)), now);
        }
        assert!(buckets.left.lock().unwrap().len() <= MOST_ADDRESSES);
    }
}
