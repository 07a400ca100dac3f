#![no_main]
nabij_fuzz::guided!(json_lines);
