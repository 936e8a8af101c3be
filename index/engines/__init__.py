"""The engines that hold vectors and words, one file each: the only ones that know their library."""
