// pcg4d (Jarzynski & Olano 2020, "Hash functions for GPU rendering"): four words in, four words out. To it is added one
// more x ^ x >> 16: without it the lowest bits of the words hang together, which the tests of this file's normals see.
// The host's twin is pcg4d in src/diffusion/normal-fast.ts.

fn pcg4dMix(words: vec4u) -> vec4u {
  var v = words;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v ^ (v >> vec4u(16u));
}

fn pcg4d(words: vec4u) -> vec4u {
  return pcg4dMix(pcg4dMix(words * 1664525u + 1013904223u));
}
