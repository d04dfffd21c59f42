"""The speed of hrreco beside that of RecTools, LensKit, bare implicit and scipy."""
