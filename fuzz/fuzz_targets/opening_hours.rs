#![no_main]
nabij_fuzz::guided!(opening_hours);
