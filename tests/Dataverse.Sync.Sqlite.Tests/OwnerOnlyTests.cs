namespace Dataverse.Sync.Sqlite.Tests;

public sealed class OwnerOnlyTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public async Task New_coupling_file_and_the_files_beside_it_are_for_their_owner_only()
    {
        await using var store = TestStores.Open(folder.File());
        _ = await store.LeaseAsync();
        _ = await store.ListAsync();

        Directory.GetFiles(folder.Path).Should().HaveCount(3).And.OnlyContain(file => ModeOf(file) == OwnerOnly);
    }

    [UnixFact]
    public async Task Existing_coupling_file_keeps_its_rights()
    {
        await File.WriteAllBytesAsync(folder.File(), []);
        Set(folder.File(), OwnerOnly | UnixFileMode.GroupRead);

        await TestStores.CreateAsync(folder.File(), couplings: 1);

        ModeOf(folder.File()).Should().Be(OwnerOnly | UnixFileMode.GroupRead);
    }

    [UnixFact]
    public async Task File_behind_a_link_is_created_for_its_owner_only()
    {
        File.CreateSymbolicLink(folder.File("link.db"), folder.File("target.db"));

        await TestStores.CreateAsync(folder.File("link.db"), couplings: 1);

        ModeOf(folder.File("target.db")).Should().Be(OwnerOnly);
        await using var store = TestStores.Open(folder.File("link.db"));
        (await store.ListAsync()).Should().HaveCount(1);
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new NotSupportedException() : File.GetUnixFileMode(path);

    private static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
