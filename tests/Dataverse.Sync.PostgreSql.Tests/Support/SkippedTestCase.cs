using Xunit.Abstractions;
using Xunit.Sdk;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A test that is reported as skipped.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    [Obsolete("Called by the deserializer; should only be called by deriving classes for deserialization purposes.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(IMessageSink diagnostics, IXunitTestCase test)
        : base(diagnostics, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, test.TestMethod, test.TestMethodArguments)
    {
    }

    protected override void Initialize()
    {
        base.Initialize();
        SkipReason = $"{TestServer.Variable} does not name a PostgreSQL server.";
    }
}
