// A picture becomes data: 8-bit RGBA texels to NCHW float32 in [-1, 1], cropped, scaled or mirrored by an affine map. Each
// output pixel averages the texels whose centres its footprint covers (at least the nearest one), so that a pixel mapped onto
// one texel keeps its value exactly, and a large photograph shrinks without aliasing.

struct Import {
  fromPixel: mat3x3f,  // output pixel coordinates -> texel coordinates
  size: vec2u,         // output width, height in pixels
  channels: u32,       // 1: luma (Rec. 709); 3: RGB; 4: RGB and opacity
  backdrop: vec3f,     // seen through transparent texels, unless opacity is kept; 0 ... 1
}

@group(0) @binding(0) var<uniform> spec: Import;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> x0: array<f32>;

fn texelPosition(p: vec2f) -> vec2f {
  return (spec.fromPixel * vec3f(p, 1.0)).xy;
}

// Bilinear, for enlarging.
fn interpolated(p: vec2f, last: vec2i) -> vec4f {
  let q = p - 0.5;
  let low = vec2i(floor(q));
  let f = q - floor(q);
  let zero = vec2i(0);
  let p00 = textureLoad(picture, clamp(low, zero, last), 0);
  let p10 = textureLoad(picture, clamp(low + vec2i(1, 0), zero, last), 0);
  let p01 = textureLoad(picture, clamp(low + vec2i(0, 1), zero, last), 0);
  let p11 = textureLoad(picture, clamp(low + vec2i(1, 1), zero, last), 0);
  return mix(mix(p00, p10, f.x), mix(p01, p11, f.x), f.y);
}

// The mean over a box of whole texels, for shrinking.
fn averaged(low: vec2f, high: vec2f, last: vec2i) -> vec4f {
  let first = clamp(vec2i(ceil(low - 0.5)), vec2i(0), last);
  let end = clamp(vec2i(ceil(high - 0.5)), first + 1, last + 1);
  var sum = vec4f(0.0);
  for (var y = first.y; y < end.y; y++) {
    for (var x = first.x; x < end.x; x++) {
      sum += textureLoad(picture, vec2i(x, y), 0);
    }
  }
  let box = end - first;
  return sum / f32(box.x * box.y);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= spec.size)) {
    return;
  }
  let last = vec2i(textureDimensions(picture)) - 1;
  let corner = texelPosition(vec2f(id.xy));
  let opposite = texelPosition(vec2f(id.xy) + 1.0);
  let low = min(corner, opposite);
  let high = max(corner, opposite);
  var texel: vec4f;
  if (all(high - low >= vec2f(0.999))) {
    texel = averaged(low, high, last);
  } else {
    texel = interpolated(0.5 * (low + high), last);
  }
  let plane = spec.size.x * spec.size.y;
  let i = id.y * spec.size.x + id.x;
  if (spec.channels == 4u) {
    for (var c = 0u; c < 4u; c++) {
      x0[c * plane + i] = 2.0 * texel[c] - 1.0;
    }
    return;
  }
  let rgb = 2.0 * mix(spec.backdrop, texel.rgb, texel.a) - 1.0;
  if (spec.channels == 1u) {
    x0[i] = dot(rgb, vec3f(0.2126, 0.7152, 0.0722));
    return;
  }
  for (var c = 0u; c < 3u; c++) {
    x0[c * plane + i] = rgb[c];
  }
}
