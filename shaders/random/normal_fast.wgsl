// needs pcg4d.wgsl

// Standard normals by a cheap hash and Box & Muller 1958: what normal.wgsl offers, in a fourth of its time or less. JAX does
// not draw them. The host's twin is src/diffusion/normal-fast.ts.
//
// Four elements are one hash: elements 4k and 4k + 2 the cosine and the sine of its first pair of words, 4k + 1 and
// 4k + 3 of its second. u and the angle are exact, and sine and cosine are polynomials, because a GPU's own may be wrong
// by 5e-4; only the logarithm and the root are the GPU's.

// Whether `first` may be no multiple of 4, so that four elements are of two blocks. Compiled away where not: software
// adapters take half as long again for the branch alone.
override STRADDLES = false;

// u in (0, 1], from 31 bits: never 0, where the logarithm is infinite. The largest normal is 6.66.
fn uniformsFromWords(words: vec2u) -> vec2f {
  return vec2f(bitcast<vec2i>(words & vec2u(0x7fffffffu))) * 4.65661287e-10 + 2.32830644e-10;
}

// Taylor to float32's precision on [-pi/4, pi/4].
fn sineOf(a: vec2f) -> vec2f {
  let q = a * a;
  return a * (1.0 + q * (-0.166666667 + q * (8.33333333e-3 + q * (-1.98412698e-4 + q * 2.75573192e-6))));
}

fn cosineOf(a: vec2f) -> vec2f {
  let q = a * a;
  return 1.0 + q * (-0.5 + q * (0.0416666667 + q * (-1.38888889e-3 + q * 2.48015873e-5)));
}

// Two pairs of normals: the cosines of both in xy, their sines in zw.
fn boxMuller(words: vec4u) -> vec4f {
  // A logarithm may be a little above 0 where u is 1.
  let r = sqrt(max(-2.0 * log(uniformsFromWords(words.xy)), vec2f(0.0)));
  // 30 bits choose an angle in a quarter of the circle, one turns the quarter over and one the half.
  let angle = vec2f(bitcast<vec2i>(words.zw * 4u)) * 3.65729521e-10;
  let turned = (words.zw & vec2u(0x40000000u)) != vec2u(0u);
  let signed = bitcast<vec2f>(bitcast<vec2u>(r) ^ (words.zw & vec2u(0x80000000u)));
  let sine = sineOf(angle);
  let cosine = cosineOf(angle);
  return vec4f(signed * select(cosine, sine, turned), signed * select(sine, cosine, turned));
}

fn normalsOfBlock(key: vec2u, k: u32) -> vec4f {
  return boxMuller(pcg4d(vec4u(key.x, k, key.y, k)));
}

fn normalAt(key: vec2u, i: u32) -> f32 {
  return normalsOfBlock(key, i / 4u)[i % 4u];
}

// The four normals of elements first ... first + 3.
fn normal4At(key: vec2u, first: u32) -> vec4f {
  let here = normalsOfBlock(key, first / 4u);
  if (!STRADDLES) {
    return here;
  }
  let next = normalsOfBlock(key, first / 4u + 1u);
  switch (first % 4u) {
    case 1u: {
      return vec4f(here.yzw, next.x);
    }
    case 2u: {
      return vec4f(here.zw, next.xy);
    }
    case 3u: {
      return vec4f(here.w, next.xyz);
    }
    default: {
      return here;
    }
  }
}
