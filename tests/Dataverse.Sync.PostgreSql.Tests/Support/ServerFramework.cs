using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Dataverse.Sync.PostgreSql.Tests.ServerFramework", "Dataverse.Sync.PostgreSql.Tests")]

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>Skips the tests that need a server where none is named, also those that a class inherits from a suite.</summary>
public sealed class ServerFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(
                TestServer.IsNamed ? testCases : testCases.Select(SkipIfItNeedsAServer).ToList(),
                executionMessageSink,
                executionOptions);

        private IXunitTestCase SkipIfItNeedsAServer(IXunitTestCase test) =>
            test.TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsServerAttribute)).Any()
                ? new SkippedTestCase(DiagnosticMessageSink, test)
                : test;
    }
}
