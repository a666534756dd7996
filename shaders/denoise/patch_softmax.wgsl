// needs ../grid.wgsl, patches.wgsl, chunk.wgsl, partial.wgsl

// The second half of the box sum, along x, makes of the columns the distance between whole patches, |x_t - alpha s|^2; then
// the softmax over displacements in one pass, with a running maximum. Each invocation does four neighbouring pixels for its
// share of the displacements; what it has by now stays in `partials` from chunk to chunk.

@group(0) @binding(3) var<storage, read> columns: array<f32>;
@group(0) @binding(4) var<storage, read> source: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> partials: array<Partial>;

const NEVER = -1e30;
// A weight below e^-30 of the largest is less than float32 can add, even 65,536 times.
const NEGLIGIBLE = 30.0;

// Sums over 2 radius + 1 neighbours, for four pixels: the first of the first is at `first`.
fn windows(first: u32) -> vec4f {
  let head = vec3f(columns[first], columns[first + 1u], columns[first + 2u]);
  var core = 0.0;
  let end = first + 2u * row.radius + 1u;
  for (var i = first + 3u; i < end; i++) {
    core += columns[i];
  }
  let tail = vec3f(columns[end], columns[end + 1u], columns[end + 2u]);
  return vec4f(
    head.x + head.y + head.z + core,
    head.y + head.z + core + tail.x,
    head.z + core + tail.x + tail.y,
    core + tail.x + tail.y + tail.z,
  );
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let across = (geometry.size.x + 3u) / 4u;
  let rows = geometry.images * geometry.size.y;
  let share = i / (across * rows);
  if (share >= geometry.shares) {
    return;
  }
  let image = i / across % rows / geometry.size.y;
  let y = i / across % geometry.size.y;
  let x = i % across * 4u;
  let height = geometry.padded.y - 2u * geometry.margin;
  let torusX = (vec4u(x) + vec4u(0u, 1u, 2u, 3u)) % geometry.torus.x;
  let torusY = y % geometry.torus.y;

  var top = vec4f(NEVER);
  var total = vec4f(0.0);
  var nearest = vec4u(0u);
  var mean0 = vec4f(0.0);
  var mean1 = vec4f(0.0);
  var mean2 = vec4f(0.0);
  var mean3 = vec4f(0.0);
  if (chunk.first > 0u) {
    top = partials[i].top;
    total = partials[i].total;
    nearest = partials[i].nearest;
    mean0 = partials[i].mean[0];
    mean1 = partials[i].mean[1];
    mean2 = partials[i].mean[2];
    mean3 = partials[i].mean[3];
  }
  for (var k = share; k < chunk.count; k += geometry.shares) {
    let dy = (chunk.first + k) / geometry.torus.x;
    let dx = chunk.first + k - dy * geometry.torus.x;
    let sourceY = torusY + dy - select(0u, geometry.torus.y, torusY + dy >= geometry.torus.y);
    if (sourceY < inset() || sourceY + inset() >= geometry.source.y) {
      continue;
    }
    let first = ((k * geometry.images + image) * height + y) * geometry.padded.x + x + geometry.margin - row.radius;
    let sourceX = torusX + dx - select(vec4u(0u), vec4u(geometry.torus.x), torusX + dx >= vec4u(geometry.torus.x));
    let real = (sourceX >= vec4u(inset())) & (sourceX + inset() < vec4u(geometry.source.x));
    let logWeight = -windows(first) * row.invTwoVariance - heightLoss(y, sourceY);
    let counts = real & (logWeight > top - NEGLIGIBLE);
    if (!any(counts)) {
      continue;
    }
    let better = counts & (logWeight > top);
    let newTop = select(top, logWeight, better);
    let scale = exp(top - newTop);
    let weight = select(vec4f(0.0), exp(logWeight - newTop), counts);
    let at = (sourceY + geometry.margin) * geometry.tiled.x + geometry.margin;
    nearest = select(nearest, sourceY * geometry.source.x + sourceX, better);
    top = newTop;
    total = scale * total + weight;
    mean0 = scale.x * mean0 + weight.x * source[at + sourceX.x];
    mean1 = scale.y * mean1 + weight.y * source[at + sourceX.y];
    mean2 = scale.z * mean2 + weight.z * source[at + sourceX.z];
    mean3 = scale.w * mean3 + weight.w * source[at + sourceX.w];
  }
  partials[i] = Partial(top, total, nearest, array(mean0, mean1, mean2, mean3));
}
