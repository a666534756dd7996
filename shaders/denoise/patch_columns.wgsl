// For one displacement after another, the squared differences between outputs and the displaced source, summed over
// the height of a patch: the first half of a box sum, so that patches of any size cost the same but for their ends. Each
// invocation makes four sums below each other, which share most of their terms. Needs grid.wgsl, patches.wgsl.

struct Chunk {
  first: u32,  // displacement: dy torus.x + dx
  count: u32,
}

@group(0) @binding(2) var<uniform> chunk: Chunk;  // chosen by a dynamic offset into the table
@group(0) @binding(3) var<storage, read> x: array<vec4f>;
@group(0) @binding(4) var<storage, read> source: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> columns: array<f32>;  // displacement, image, row, padded column

fn term(place: u32, sourcePlace: u32) -> f32 {
  let d = x[place] - row.alpha * source[sourcePlace];
  return dot(d, d);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = gridIndex(group, groups, local);
  let width = geometry.padded.x;
  let bands = (geometry.padded.y - 2u * geometry.margin) / 4u;
  let column = i % width;
  let band = i / width % (bands * geometry.images);
  let k = i / width / (bands * geometry.images);
  if (k >= chunk.count) {
    return;
  }
  let image = band / bands;
  let top = band % bands * 4u + geometry.margin - row.radius;
  let displacement = chunk.first + k;
  let dx = displacement % geometry.torus.x;
  let dy = displacement / geometry.torus.x;

  let down = geometry.tiled.x;
  var p = (image * geometry.padded.y + top) * width + column;
  var q = (top + dy) % geometry.torus.y * down + (column + dx) % geometry.torus.x;
  let head = vec3f(term(p, q), term(p + width, q + down), term(p + 2u * width, q + 2u * down));
  p += 3u * width;
  q += 3u * down;
  var core = 0.0;
  for (var j = 3u; j <= 2u * row.radius; j++) {
    core += term(p, q);
    p += width;
    q += down;
  }
  let tail = vec3f(term(p, q), term(p + width, q + down), term(p + 2u * width, q + 2u * down));
  let to = (k * geometry.images * bands + band) * 4u * width + column;
  columns[to] = head.x + head.y + head.z + core;
  columns[to + width] = head.y + head.z + core + tail.x;
  columns[to + 2u * width] = head.z + core + tail.x + tail.y;
  columns[to + 3u * width] = core + tail.x + tail.y + tail.z;
}
