#![no_main]
nabij_fuzz::guided!(whole_way);
