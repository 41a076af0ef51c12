module example.com/dataflow

go 1.19
