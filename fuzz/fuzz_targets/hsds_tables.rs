#![no_main]
nabij_fuzz::guided!(hsds_tables);
