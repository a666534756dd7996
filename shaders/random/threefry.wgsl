// Threefry-2x32 with 20 rounds (Salmon et al. 2011): 5 groups of 4 rounds, each followed by a key injection.
// Integers only, so every GPU gives the same words. The host's twin is threefry2x32 in src/diffusion/random.ts.
//
// Most of a step with these normals is this file, so its form was measured (docs/bench/choices.md): two scalars rather than a
// vec2u, and a multiplication where a shift to the left is meant. (Adapters in software shift lane by lane but multiply in one
// instruction; other compilers turn the product back into the shift.)

const THREEFRY_PARITY = 0x1bd11bdau;

fn rotateLeft(x: u32, bits: u32) -> u32 {
  return (x * (1u << bits)) | (x >> (32u - bits));
}

fn threefryRound(x: ptr<function, u32>, y: ptr<function, u32>, bits: u32) {
  *x += *y;
  *y = rotateLeft(*y, bits) ^ *x;
}

fn threefryRoundsA(x: ptr<function, u32>, y: ptr<function, u32>) {
  threefryRound(x, y, 13u);
  threefryRound(x, y, 15u);
  threefryRound(x, y, 26u);
  threefryRound(x, y, 6u);
}

fn threefryRoundsB(x: ptr<function, u32>, y: ptr<function, u32>) {
  threefryRound(x, y, 17u);
  threefryRound(x, y, 29u);
  threefryRound(x, y, 16u);
  threefryRound(x, y, 24u);
}

fn threefry2x32(key: vec2u, counter: vec2u) -> vec2u {
  let k0 = key.x;
  let k1 = key.y;
  let k2 = k0 ^ k1 ^ THREEFRY_PARITY;
  var x = counter.x + k0;
  var y = counter.y + k1;
  threefryRoundsA(&x, &y);
  x += k1;
  y += k2 + 1u;
  threefryRoundsB(&x, &y);
  x += k2;
  y += k0 + 2u;
  threefryRoundsA(&x, &y);
  x += k0;
  y += k1 + 3u;
  threefryRoundsB(&x, &y);
  x += k1;
  y += k2 + 4u;
  threefryRoundsA(&x, &y);
  return vec2u(x + k2, y + k0 + 5u);
}
