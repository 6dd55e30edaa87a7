module classtop/bench

go 1.26.0

require (
	classtop v0.0.0
	github.com/stretchr/testify v1.12.1
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common v1.3.210
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect

replace classtop => ../
