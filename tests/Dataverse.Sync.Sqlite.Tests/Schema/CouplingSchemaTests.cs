using Microsoft.Data.Sqlite;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class CouplingSchemaTests : IDisposable
{
    private static readonly SchemaStep Next = new(
        CouplingSchema.Steps.Count + 1,
        "ALTER TABLE coupling ADD COLUMN note TEXT; CREATE TABLE extra (id INTEGER PRIMARY KEY);");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Steps_are_numbered_from_one_without_gaps() =>
        CouplingSchema.Steps.Select(step => step.Version).Should().Equal(Enumerable.Range(1, CouplingSchema.Steps.Count));

    [Fact]
    public void New_file_is_marked_and_has_the_last_version()
    {
        using var connection = Open();

        CouplingSchema.Prepare(connection, folder.File(), CouplingSchema.Steps);

        VersionOf(connection).Should().Be(CouplingSchema.Steps.Count);
        connection.Read("PRAGMA application_id", row => row.Int64(0)).Should().Be(0x44565359);
        connection.Read("PRAGMA journal_mode", row => row.Text(0)).Should().Be("wal");
    }

    [Fact]
    public async Task File_of_the_version_before_goes_through_the_missing_steps_only()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 3);
        using (var connection = Open())
        {
            CouplingSchema.Prepare(connection, folder.File(), [.. CouplingSchema.Steps, Next]);

            VersionOf(connection).Should().Be(Next.Version);
            connection.Read("SELECT count(*) FROM coupling WHERE note IS NULL", row => row.Int64(0)).Should().Be(3);
        }

        (await TestStores.FailureOfOpeningAsync(folder.File())).Failure.Should().Be(CouplingStoreFailure.NewerVersion);
    }

    [Fact]
    public void Empty_file_goes_through_all_steps()
    {
        using var connection = Open();

        CouplingSchema.Prepare(connection, folder.File(), [.. CouplingSchema.Steps, Next]);

        VersionOf(connection).Should().Be(Next.Version);
        connection.Read("SELECT count(*) FROM extra", row => row.Int64(0)).Should().Be(0);
    }

    [Fact]
    public async Task Step_that_fails_leaves_the_file_as_it_was()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 1);
        using (var connection = Open())
        {
            var failing = new SchemaStep(Next.Version + 1, "ALTER TABLE nowhere ADD COLUMN note TEXT");
            var migrate = () => CouplingSchema.Prepare(connection, folder.File(), [.. CouplingSchema.Steps, Next, failing]);

            migrate.Should().Throw<SqliteException>();
            VersionOf(connection).Should().Be(CouplingSchema.Steps.Count);
        }

        await using var store = TestStores.Open(folder.File());
        (await store.ListAsync()).Should().Equal(Pair(1));
    }

    private static long VersionOf(FileConnection connection) => connection.Read("PRAGMA user_version", row => row.Int64(0));

    private FileConnection Open() => FileConnection.Open(folder.File(), TimeSpan.FromSeconds(10));
}
