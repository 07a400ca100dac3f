#![no_main]
nabij_fuzz::guided!(index_files);
