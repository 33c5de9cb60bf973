# Cost distances by gdistance: Rscript make.R > gdistance.json
# Resistances by a formula, so that both sides can make them: no file of anyone else is needed.
suppressMessages({library(raster); library(gdistance); library(jsonlite)})
width <- 23; height <- 17
cell <- 0:(width * height - 1)
values <- 1 + (cell * 7919) %% 97 + 3000 * ((cell * 104729) %% 13 == 0)
hole <- (cell * cell * 3 + cell * 7) %% 29 == 5
places <- c(1, 37, 140, 222, 389)   # from 0
stopifnot(!hole[places + 1])
values[hole] <- NA
out <- list()
for (lonlat in c(FALSE, TRUE)) {
  r <- if (lonlat) raster(nrows = height, ncols = width, xmn = 68, xmx = 68 + width * 0.02, ymn = 49, ymx = 49 + height * 0.01, crs = "+proj=longlat +datum=WGS84")
       else raster(nrows = height, ncols = width, xmn = 0, xmx = width * 30, ymn = 0, ymx = height * 20, crs = "+proj=utm +zone=42 +datum=WGS84")
  values(r) <- values
  points <- xyFromCell(r, places + 1)
  for (neighbours in c(4, 8, 16)) for (mean in c("ends", "conductance")) {
    tr <- if (mean == "ends") transition(r, function(x) 1 / base::mean(x), neighbours) else transition(1 / r, base::mean, neighbours)
    tr <- geoCorrection(tr, type = "c")
    costs <- as.matrix(costDistance(tr, points))
    out[[length(out) + 1]] <- list(degrees = lonlat, neighbours = neighbours, mean = mean, costs = costs)
  }
}
cat(toJSON(list(gdistance = as.character(packageVersion("gdistance")), raster = as.character(packageVersion("raster")), width = width, height = height, places = places, runs = out), digits = 15, auto_unbox = TRUE, pretty = FALSE))
