#![no_main]
nabij_fuzz::guided!(postcode_import);
