"""Payment methods: a folder each, found by walking this package."""
