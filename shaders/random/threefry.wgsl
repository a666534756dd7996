// Threefry-2x32 with 20 rounds (Salmon et al. 2011): 5 groups of 4 rounds, each followed by a key injection.
// Integers only, so every GPU gives the same words. The host's twin is threefry2x32 in src/diffusion/random.ts.

const THREEFRY_PARITY = 0x1bd11bdau;

fn threefryRound(x: vec2u, bits: u32) -> vec2u {
  let x0 = x.x + x.y;
  return vec2u(x0, ((x.y << bits) | (x.y >> (32u - bits))) ^ x0);
}

fn threefryRoundsA(x: vec2u) -> vec2u {
  return threefryRound(threefryRound(threefryRound(threefryRound(x, 13u), 15u), 26u), 6u);
}

fn threefryRoundsB(x: vec2u) -> vec2u {
  return threefryRound(threefryRound(threefryRound(threefryRound(x, 17u), 29u), 16u), 24u);
}

fn threefry2x32(key: vec2u, counter: vec2u) -> vec2u {
  let k0 = key.x;
  let k1 = key.y;
  let k2 = k0 ^ k1 ^ THREEFRY_PARITY;
  var x = counter + vec2u(k0, k1);
  x = threefryRoundsA(x) + vec2u(k1, k2 + 1u);
  x = threefryRoundsB(x) + vec2u(k2, k0 + 2u);
  x = threefryRoundsA(x) + vec2u(k0, k1 + 3u);
  x = threefryRoundsB(x) + vec2u(k1, k2 + 4u);
  return threefryRoundsA(x) + vec2u(k2, k0 + 5u);
}
