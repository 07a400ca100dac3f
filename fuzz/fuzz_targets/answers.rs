#![no_main]
nabij_fuzz::guided!(answers);
