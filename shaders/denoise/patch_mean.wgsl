// needs ../grid.wgsl, patches.wgsl, partial.wgsl

// Puts the shares of a softmax over patches together: x0Hat, the mean of the source's values by their weights, and for every
// pixel the centre of the nearest patch.

@group(0) @binding(2) var<storage, read> partials: array<Partial>;
@group(0) @binding(3) var<storage, read_write> x0Hat: array<f32>;
@group(0) @binding(4) var<storage, read_write> nearest: array<vec2u>;  // the best two; here twice the best

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let plane = geometry.size.x * geometry.size.y;
  if (i >= geometry.images * plane) {
    return;
  }
  let across = (geometry.size.x + 3u) / 4u;
  let x = i % geometry.size.x;
  let first = i / geometry.size.x * across + x / 4u;
  let stride = across * geometry.size.y * geometry.images;
  var top = partials[first].top[x % 4u];
  var total = partials[first].total[x % 4u];
  var mean = partials[first].mean[x % 4u];
  var best = partials[first].nearest[x % 4u];
  for (var share = 1u; share < geometry.shares; share++) {
    let at = first + share * stride;
    let other = partials[at].top[x % 4u];
    let newTop = max(top, other);
    let scales = exp(vec2f(top, other) - newTop);
    total = scales.x * total + scales.y * partials[at].total[x % 4u];
    mean = scales.x * mean + scales.y * partials[at].mean[x % 4u];
    best = select(best, partials[at].nearest[x % 4u], other > top);
    top = newTop;
  }
  mean /= total;
  let image = i / plane;
  for (var c = 0u; c < geometry.channels; c++) {
    x0Hat[(image * geometry.channels + c) * plane + i % plane] = mean[c];
  }
  nearest[i] = vec2u(best);
}
