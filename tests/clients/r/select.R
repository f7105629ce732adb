# Rscript select.R ADDRESS FORMAT QUERY: prints the rows that R's SPARQL package reads, as CSV.
suppressPackageStartupMessages(library(SPARQL))
given <- commandArgs(trailingOnly = TRUE)
found <- SPARQL(given[1], given[3], format = given[2], extra = list(format = given[2]))
write.csv(found$results, row.names = FALSE, na = "")
