namespace Dataverse.Sync.Tests;

public sealed class SyncConfigurationExceptionTests
{
    [Fact]
    public void Message_of_one_problem_is_the_problem() =>
        new SyncConfigurationException(["It is wrong."]).Message.Should().Be("It is wrong.");

    [Fact]
    public void Message_of_several_problems_lists_each_on_a_line_of_its_own()
    {
        var exception = new SyncConfigurationException(["One.", "Two."]);

        exception.Message.Split(Environment.NewLine)
            .Should().HaveCount(3).And.HaveElementAt(1, "- One.").And.HaveElementAt(2, "- Two.");
        exception.Message.Should().Contain("(2 problems)");
        exception.Problems.Should().Equal("One.", "Two.");
    }

    [Fact]
    public void Problems_are_required()
    {
        var create = () => new SyncConfigurationException(null!);

        create.Should().Throw<ArgumentNullException>();
    }
}
