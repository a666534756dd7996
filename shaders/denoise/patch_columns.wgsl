// needs ../grid.wgsl, patches.wgsl, chunk.wgsl

// For one displacement after another, the squared differences between outputs and the displaced source, summed over the
// height of a patch: the first half of a box sum, so that patches of any size cost the same but for their ends. Each
// invocation makes four sums below each other, which share most of their terms, for four displacements, which share their
// loads of x: those are what takes the time.

@group(0) @binding(3) var<storage, read> x: array<vec4f>;
@group(0) @binding(4) var<storage, read> source: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> columns: array<f32>;  // displacement, image, row, padded column

fn term(place: u32, sourcePlaces: vec4u) -> vec4f {
  let here = x[place];
  let a = here - row.alpha * source[sourcePlaces.x];
  let b = here - row.alpha * source[sourcePlaces.y];
  let c = here - row.alpha * source[sourcePlaces.z];
  let d = here - row.alpha * source[sourcePlaces.w];
  return vec4f(dot(a, a), dot(b, b), dot(c, c), dot(d, d));
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let width = geometry.padded.x;
  let bands = (geometry.padded.y - 2u * geometry.margin) / 4u;
  let column = i % width;
  let band = i / width % (bands * geometry.images);
  let k = i / width / (bands * geometry.images) * 4u + vec4u(0u, 1u, 2u, 3u);
  if (k.x >= chunk.count) {
    return;
  }
  let image = band / bands;
  let top = band % bands * 4u + geometry.margin - row.radius;
  // The chunk's last four may go beyond it, and are then not written.
  let displacement = chunk.first + k;
  let dy = displacement / geometry.torus.x;
  let dx = displacement - dy * geometry.torus.x;

  let down = geometry.tiled.x;
  var p = (image * geometry.padded.y + top) * width + column;
  var q = (top + dy) % geometry.torus.y * down + (column + dx) % geometry.torus.x;
  let head0 = term(p, q);
  let head1 = term(p + width, q + down);
  let head2 = term(p + 2u * width, q + 2u * down);
  p += 3u * width;
  q += vec4u(3u * down);
  var core = vec4f(0.0);
  for (var j = 3u; j <= 2u * row.radius; j++) {
    core += term(p, q);
    p += width;
    q += vec4u(down);
  }
  let tail0 = term(p, q);
  let tail1 = term(p + width, q + down);
  let tail2 = term(p + 2u * width, q + 2u * down);
  let stride = geometry.images * bands * 4u * width;
  var to = k.x * stride + band * 4u * width + column;
  for (var j = 0u; j < 4u && k[j] < chunk.count; j++) {
    columns[to] = head0[j] + head1[j] + head2[j] + core[j];
    columns[to + width] = head1[j] + head2[j] + core[j] + tail0[j];
    columns[to + 2u * width] = head2[j] + core[j] + tail0[j] + tail1[j];
    columns[to + 3u * width] = core[j] + tail0[j] + tail1[j] + tail2[j];
    to += stride;
  }
}
