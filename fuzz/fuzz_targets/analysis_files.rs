#![no_main]
nabij_fuzz::guided!(analysis_files);
