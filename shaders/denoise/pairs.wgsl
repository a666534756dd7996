// needs ../grid.wgsl

// Images, two by two, as complex ones: the first of a pair is the real part, the second the imaginary. A linear map that
// keeps real images real maps both at once.

// Whether a state is packed, or unpacked and `offset` added.
override PACK: bool;

struct Pairs {
  values: u32,   // complex ones
  image: u32,    // values of an image
  plane: u32,    // values of a channel
  last: u32,     // the state's values; an odd image is paired with nothing
  offset: vec4f, // by channel
}

@group(0) @binding(0) var<uniform> pairs: Pairs;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
@group(0) @binding(2) var<storage, read_write> packed: array<vec2f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= pairs.values) {
    return;
  }
  let even = i + i / pairs.image * pairs.image;
  let odd = even + pairs.image;
  let paired = odd < pairs.last;
  if (PACK) {
    packed[i] = vec2f(state[even], select(0.0, state[min(odd, pairs.last - 1u)], paired));
    return;
  }
  let values = packed[i] + pairs.offset[i / pairs.plane % (pairs.image / pairs.plane)];
  state[even] = values.x;
  if (paired) {
    state[odd] = values.y;
  }
}
