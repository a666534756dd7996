// A quantile of every image's |x|, exact: floats that are not negative are ordered as their bits are, so the value
// of a rank is found digit by digit. For every digit quantile_count.wgsl counts the values that share the digits
// before it, and quantile_select.wgsl takes the one in whose bin the rank falls.

const MAGNITUDE = 0x7fffffffu;  // all bits but the sign

override BINS: u32;

struct Digit {
  shift: u32,       // bits below the digit; 0 in the last
  settled: u32,     // mask of the bits above it: 0 in the first
  values: u32,      // of an image
  shares: u32,      // workgroups that count an image
  rank: u32,        // of the value that is looked for, 0 being the smallest
  fraction: f32,    // how far the quantile lies on the way to the next value
}

struct Selection {
  prefix: u32,          // the digits so far
  rank: u32,            // among the values that share them
  beyond: atomic<u32>,  // the complement of the least value above all that share them; 0 where there is none
}

@group(0) @binding(0) var<uniform> digit: Digit;  // chosen by a dynamic offset into the table
